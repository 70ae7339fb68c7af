package io.headgate.runtime.process;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of some content, in hex: equal fingerprints mean equal content.
record Fingerprint(String hex) {
    private static final int SHORT = 12;

    static Fingerprint of(byte[] content) {
        try {
            return new Fingerprint(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static Fingerprint of(String content) {
        return of(content.getBytes(StandardCharsets.UTF_8));
    }

    /// Enough to tell versions apart in the name of a folder.
    String shortened() {
        return hex.substring(0, SHORT);
    }
}
