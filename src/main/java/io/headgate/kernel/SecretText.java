package io.headgate.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A text that must never be shown: it prints as `***` and compares in constant time.
///
/// Not a record: a record would print, compare and serialise its component.
public final class SecretText {
    private final String text;

    public SecretText(String text) {
        this.text = text;
    }

    /// Hands out the secret; every call site is a place where it may leak.
    public String reveal() {
        return text;
    }

    public boolean matches(SecretText other) {
        return MessageDigest.isEqual(bytes(), other.bytes());
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "***";
    }
}
