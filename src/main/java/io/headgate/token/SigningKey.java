package io.headgate.token;

import io.headgate.storage.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// The Ed25519 key that signs token values. The signature serves offline verifiers and scanners; the request path never
/// verifies it, it knows every value it accepts.
public final class SigningKey {
    private static final int PUBLIC_KEY_BYTES = 32;

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private SigningKey(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /// Reads the key pair from a file (PKCS #8 and X.509, base64, a line each), or makes it.
    public static SigningKey readOrCreate(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                PrivateFiles.write(
                        file,
                        base64(pair.getPrivate().getEncoded()) + "\n"
                                + base64(pair.getPublic().getEncoded()) + "\n");
            }
            String[] lines = Files.readString(file).strip().split("\n", -1);
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            return new SigningKey(
                    factory.generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines[0]))),
                    factory.generatePublic(
                            new X509EncodedKeySpec(Base64.getDecoder().decode(lines[1]))));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the signing key " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key " + file + " is damaged; restore it from a backup", e);
        }
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 is not available", e);
        }
    }

    /// Names the key in the header of what it signs: derived from the public key, so that it needs no bookkeeping.
    public String id() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(rawPublicKey());
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .substring(0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    /// The public key as a JSON Web Key Set (RFC 7517, RFC 8037).
    public String jwks() {
        return "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\",\"use\":\"sig\",\"kid\":\"" + id()
                + "\",\"x\":\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(rawPublicKey()) + "\"}]}";
    }

    /// The 32 bytes of RFC 8032: y in little-endian order, with the sign of x in the last bit.
    private byte[] rawPublicKey() {
        EdECPublicKey key = (EdECPublicKey) publicKey;
        byte[] bigEndian = key.getPoint().getY().toByteArray();
        ByteBuffer raw = ByteBuffer.allocate(PUBLIC_KEY_BYTES);
        for (int i = bigEndian.length - 1; i >= 0 && raw.hasRemaining(); i--) {
            raw.put(bigEndian[i]);
        }
        byte[] bytes = raw.array();
        if (key.getPoint().isXOdd()) {
            bytes[PUBLIC_KEY_BYTES - 1] |= (byte) 0x80;
        }
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
