package io.headgate.identity;

import io.headgate.kernel.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// An Argon2id hash of a password in PHC form, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
///
/// Cost of a new one: 19 MiB and two passes, OWASP's recommendation for interactive sign-in. A stored one is checked at
/// the cost that it names. Characters that look alike are one (NFKC, NIST SP 800-63B §3.1.1.2).
public record PasswordHash(String phc) {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private record Cost(int memoryKib, int passes, int lanes) {
        static final Cost OF_NEW_ONES = new Cost(19_456, 2, 1);
    }

    public static PasswordHash of(SecretText password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Cost cost = Cost.OF_NEW_ONES;
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return new PasswordHash("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.memoryKib,
                        cost.passes,
                        cost.lanes,
                        base64.encodeToString(salt),
                        base64.encodeToString(argon2(password, salt, cost, HASH_BYTES))));
    }

    /// Whether this is the hash of a password; takes as long as making one.
    public boolean matches(SecretText password) {
        Matcher matcher = PHC.matcher(phc);
        if (!matcher.matches()) {
            throw new IllegalStateException("a stored password hash is not in PHC form");
        }
        MatchResult parts = matcher.toMatchResult();
        Base64.Decoder base64 = Base64.getDecoder();
        byte[] expected = base64.decode(parts.group(5));
        Cost cost = new Cost(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        return MessageDigest.isEqual(expected, argon2(password, base64.decode(parts.group(4)), cost, expected.length));
    }

    private static byte[] argon2(SecretText password, byte[] salt, Cost cost, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib)
                .withIterations(cost.passes)
                .withParallelism(cost.lanes)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        generator.generateBytes(
                Normalizer.normalize(password.reveal(), Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    @Override
    public String toString() {
        return "***";
    }
}
