package io.headgate.deployment.variable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A variable as everybody who sees the Deployment may see it.
///
/// @param value empty for a secret, for ever (V5)
public record ShownVariable(String key, Optional<String> value, boolean secret, Instant updatedAt) {
    private static final int RECORDED_MAX = 100;

    /// How the audit log names variables (U6), by key and whether it is secret; at most {@value #RECORDED_MAX}.
    public static List<Map<String, Object>> recorded(Map<String, Boolean> secretByKey) {
        return secretByKey.entrySet().stream()
                .limit(RECORDED_MAX)
                .map(entry -> Map.<String, Object>of("key", entry.getKey(), "isSecret", entry.getValue()))
                .toList();
    }

    /// Values of others are no secrets, but may be what should have been one.
    @Override
    public String toString() {
        return "ShownVariable[" + key + "]";
    }
}
