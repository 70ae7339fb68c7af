package io.headgate.token;

import java.security.MessageDigest;
import java.util.Arrays;

/// The keyed hash of one token value, all that is ever stored of it (item 7).
final class TokenHash {
    private final byte[] bytes;

    TokenHash(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /// Constant time (item 9): where two hashes differ must not show in how long it takes to see it.
    @Override
    public boolean equals(Object other) {
        return other instanceof TokenHash hash && MessageDigest.isEqual(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "***";
    }
}
