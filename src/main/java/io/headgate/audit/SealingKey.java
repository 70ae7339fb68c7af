package io.headgate.audit;

import io.headgate.storage.KeyFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes and checks the HMAC-SHA-256 of seals, cuts and checkpoints, under keys that are not in the database.
///
/// Each purpose has a label of its own in front, so that the code of one is never good for another.
public final class SealingKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String SEAL = "headgate audit seal";
    private static final String STATEMENT = "headgate audit statement";

    private final String currentId;
    private final Map<String, SecretKeySpec> keys;

    public SealingKey(KeyFile keyFile) {
        this.currentId = keyFile.currentId();
        this.keys = keyFile.all().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, key -> new SecretKeySpec(key.getValue(), ALGORITHM)));
    }

    String currentId() {
        return currentId;
    }

    boolean knows(String keyId) {
        return keys.containsKey(keyId);
    }

    /// The chain value of a row: over its place, the value before it, and all that the row says.
    ChainValue next(String keyId, int form, long sequence, ChainValue before, byte[] row) {
        Mac mac = mac(keyId, SEAL);
        mac.update(ByteBuffer.allocate(12).putInt(form).putLong(sequence).flip());
        mac.update(before.bytes());
        return new ChainValue(mac.doFinal(row));
    }

    /// The code of a sentence about the chain, such as a checkpoint.
    ChainValue sign(String keyId, String statement) {
        return new ChainValue(mac(keyId, STATEMENT).doFinal(statement.getBytes(StandardCharsets.UTF_8)));
    }

    private Mac mac(String keyId, String label) {
        SecretKeySpec key = keys.get(keyId);
        if (key == null) {
            throw new IllegalArgumentException("no sealing key " + keyId);
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((label + '\n').getBytes(StandardCharsets.UTF_8));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is not available", e);
        }
    }

    /// Compared in constant time, though it is not secret: nobody need ask whether this one is.
    static final class ChainValue {
        /// Before the first row.
        static final ChainValue START = new ChainValue(new byte[32]);

        private final byte[] bytes;

        ChainValue(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ChainValue value && MessageDigest.isEqual(bytes, value.bytes);
        }

        @Override
        public int hashCode() {
            return ByteBuffer.wrap(bytes).hashCode();
        }

        /// In hexadecimal.
        @Override
        public String toString() {
            return HexFormat.of().formatHex(bytes);
        }

        static ChainValue parse(String hexadecimal) {
            return new ChainValue(HexFormat.of().parseHex(hexadecimal));
        }
    }
}
