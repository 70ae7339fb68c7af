package io.headgate.token;

import io.headgate.storage.KeyFile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Hashes whole token values with HMAC-SHA-256 under keys that are not in the database (items 8 and 10).
///
/// A slow hash would buy nothing: a value holds 256 random bits. It would only let strangers burn our processor.
public final class TokenHasher {
    private static final String ALGORITHM = "HmacSHA256";

    private final String currentKeyId;
    private final Map<String, SecretKeySpec> keys;

    public TokenHasher(KeyFile keyFile) {
        this.currentKeyId = keyFile.currentId();
        this.keys = keyFile.all().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, key -> new SecretKeySpec(key.getValue(), ALGORITHM)));
    }

    /// A hash and the id of the key that made it.
    record Keyed(String keyId, TokenHash hash) {}

    Keyed hashForStorage(TokenValue value) {
        return new Keyed(currentKeyId, hash(currentKeyId, value.reveal()));
    }

    /// The hashes under every key that stored tokens may carry; one, unless the key was rotated.
    List<Keyed> candidates(String presented) {
        return keys.keySet().stream()
                .map(id -> new Keyed(id, hash(id, presented)))
                .toList();
    }

    private TokenHash hash(String keyId, String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(keys.get(keyId));
            return new TokenHash(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is not available", e);
        }
    }
}
