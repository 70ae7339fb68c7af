package io.headgate.deployment.variable;

import java.time.Instant;
import java.util.Optional;

/// A variable as everybody who sees the Deployment may see it.
///
/// @param value empty for a secret, for ever (V5)
public record ShownVariable(String key, Optional<String> value, boolean secret, Instant updatedAt) {

    /// Values of others are no secrets, but may be what should have been one.
    @Override
    public String toString() {
        return "ShownVariable[" + key + "]";
    }
}
