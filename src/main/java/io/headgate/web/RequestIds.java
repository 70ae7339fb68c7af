package io.headgate.web;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Names requests. Always ours, never the caller's: what stands in the audit log must not be for others to choose.
@Singleton
public final class RequestIds {
    private static final int BYTES = 12;

    private final SecureRandom random = new SecureRandom();

    /// A fresh one, 24 hexadecimal digits.
    public String next() {
        byte[] id = new byte[BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
