package io.headgate.identity;

import io.headgate.storage.KeyFile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA-256 under keys that are not in the database (item 8): hides the secrets of sessions, and proves that what a
/// browser sends back came from here.
///
/// A seal is `<key id>.<base64url>`; one made for a purpose is worth nothing for another.
public final class SessionSeal {
    private static final String ALGORITHM = "HmacSHA256";

    /// What a seal is good for.
    public enum Purpose {
        /// Finds a session by what its cookie holds.
        SECRET,
        /// Shows that a form was rendered for a session (item 45).
        FORM,
        /// Lets a session into one Deployment's Airflow.
        AIRFLOW
    }

    private final String currentKeyId;
    private final Map<String, SecretKeySpec> keys;

    public SessionSeal(KeyFile keyFile) {
        this.currentKeyId = keyFile.currentId();
        this.keys = keyFile.all().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, key -> new SecretKeySpec(key.getValue(), ALGORITHM)));
    }

    public String seal(Purpose purpose, String text) {
        return seal(currentKeyId, purpose, text);
    }

    /// Whether a seal was made here of this text for this purpose, under any key that there is.
    public boolean isGenuine(Purpose purpose, String text, String seal) {
        byte[] presented = seal.getBytes(StandardCharsets.UTF_8);
        return candidates(purpose, text).stream()
                .anyMatch(candidate -> MessageDigest.isEqual(candidate.getBytes(StandardCharsets.UTF_8), presented));
    }

    /// The seals of a text under every key; one, unless the key was rotated.
    List<String> candidates(Purpose purpose, String text) {
        return keys.keySet().stream().map(id -> seal(id, purpose, text)).toList();
    }

    private String seal(String keyId, Purpose purpose, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(keys.get(keyId));
            byte[] sealed = mac.doFinal((purpose.name() + '\n' + text).getBytes(StandardCharsets.UTF_8));
            return keyId + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is not available", e);
        }
    }
}
