package io.headgate.storage;

import io.headgate.kernel.SecretText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts secrets that the database keeps: AES-256-GCM, key outside the database, bound to the place they belong to.
public final class SecretBox {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyFile keys;
    private final SecureRandom random;

    public SecretBox(KeyFile keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /// Closes a secret into the text that the database holds, `<key id>.<base64>`; `place` (for example
    /// `deployment/<id>/airflow`) must be the same when it is opened, so that a
    /// row
    /// copied elsewhere cannot be read there.
    public String seal(String place, SecretText secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        String keyId = keys.currentId();
        byte[] closed =
                cipher(Cipher.ENCRYPT_MODE, keyId, nonce, place, secret.reveal().getBytes(StandardCharsets.UTF_8));
        return keyId + "."
                + Base64.getEncoder()
                        .encodeToString(ByteBuffer.allocate(nonce.length + closed.length)
                                .put(nonce)
                                .put(closed)
                                .array());
    }

    /// Opens a secret; throws {@link StorageException} if key, place or bytes are not the ones it was closed with.
    public SecretText open(String place, String sealed) {
        int dot = sealed.indexOf('.');
        String keyId = sealed.substring(0, dot);
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(sealed.substring(dot + 1)));
        byte[] nonce = new byte[NONCE_BYTES];
        bytes.get(nonce);
        byte[] closed = new byte[bytes.remaining()];
        bytes.get(closed);
        return new SecretText(
                new String(cipher(Cipher.DECRYPT_MODE, keyId, nonce, place, closed), StandardCharsets.UTF_8));
    }

    private byte[] cipher(int mode, String keyId, byte[] nonce, String place, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(keys.key(keyId), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new StorageException("a stored secret cannot be opened: wrong key file or damaged row", e);
        }
    }
}
