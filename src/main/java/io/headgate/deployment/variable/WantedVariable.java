package io.headgate.deployment.variable;

import io.headgate.kernel.SecretText;
import java.util.Optional;

/// A variable as people ask for it.
///
/// @param value empty keeps the stored value of a secret, and is wrong for anything else (V7)
public record WantedVariable(String key, Optional<SecretText> value, boolean secret) {
    /// In characters, all of them ASCII (V2).
    public static final int KEY_MAX = 255;

    /// In bytes of UTF-8 (V3).
    public static final int VALUE_MAX = 32 * 1024;

    /// In bytes of all keys and values together (V3).
    public static final int TOTAL_MAX = 1024 * 1024;

    /// How many a Deployment may have.
    public static final int COUNT_MAX = 1000;
}
