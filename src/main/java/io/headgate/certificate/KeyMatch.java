package io.headgate.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;

/// Whether a private key and the public one of a certificate belong together, found out by signing.
final class KeyMatch {
    private static final byte[] SAMPLE = {1, 2, 3};

    private KeyMatch() {}

    static boolean isPair(KeyPair keys) {
        String algorithm = switch (keys.getPrivate().getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> keys.getPrivate().getAlgorithm();
        };
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(keys.getPrivate());
            signing.update(SAMPLE);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(keys.getPublic());
            verifying.update(SAMPLE);
            return verifying.verify(signature);
        } catch (GeneralSecurityException otherKinds) {
            return false;
        }
    }
}
