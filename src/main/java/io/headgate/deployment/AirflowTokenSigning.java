package io.headgate.deployment;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.headgate.access.DeploymentPermission;
import io.headgate.kernel.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How the Airflow of one Deployment recognises who comes from the control plane: HS512 secret (at least 64
/// characters), audience, issuer.
public record AirflowTokenSigning(SecretText secret, String audience, String issuer) {
    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER =
            BASE64_URL.encodeToString("{\"alg\":\"HS512\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    /// A short JWT by which Airflow learns who asks and what they may do.
    ///
    /// `sub` becomes the name in Airflow's audit log. There is no `jti`: with one, Airflow would query its table of
    /// revoked tokens on every request.
    public String token(String who, Set<DeploymentPermission> permissions, Instant now, Duration life) {
        long seconds = now.getEpochSecond();
        String held = permissions.stream()
                .map(DeploymentPermission::wireName)
                .sorted()
                .map(AirflowTokenSigning::quoted)
                .collect(Collectors.joining(",", "[", "]"));
        String claims = "{\"sub\":%s,\"aud\":%s,\"iss\":%s,\"iat\":%d,\"nbf\":%d,\"exp\":%d,\"permissions\":%s}"
                .formatted(
                        quoted(who),
                        quoted(audience),
                        quoted(issuer),
                        seconds,
                        seconds,
                        seconds + life.toSeconds(),
                        held);
        String signed = HEADER + "." + BASE64_URL.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return signed + "." + BASE64_URL.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA512", impossible);
        }
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
