package io.headgate.deploy;

import io.headgate.kernel.DeployId;
import io.headgate.storage.KeyFile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes a URL that lets its holder upload to one deploy until an instant, and nothing else.
///
/// Names and values are signed, not the text of the query: clients put parameters in another order and add their own.
final class UploadSignature {
    private static final String ALGORITHM = "HmacSHA256";

    private final KeyFile keys;

    UploadSignature(KeyFile keys) {
        this.keys = keys;
    }

    String sign(DeployId id, Instant until) {
        byte[] key = keys.all().get(keys.currentId());
        if (key == null) {
            throw new IllegalStateException("the key in use is missing");
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(key, id, until.getEpochSecond()));
    }

    /// Whether somebody here signed this; says nothing about whether the time is over.
    boolean matches(DeployId id, long untilEpochSecond, String signature) {
        byte[] given = decoded(signature);
        boolean matches = false;
        for (byte[] key : keys.all().values()) {
            matches |= MessageDigest.isEqual(given, mac(key, id, untilEpochSecond));
        }
        return matches;
    }

    private static byte[] mac(byte[] key, DeployId id, long until) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(("upload\ndeploy=" + id + "\nexp=" + until).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] decoded(String signature) {
        try {
            return Base64.getUrlDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
