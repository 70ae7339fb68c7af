package io.headgate.deployment;

import io.headgate.kernel.SecretText;
import java.security.SecureRandom;
import java.util.Base64;

/// The secrets that one Deployment's Airflow runs with; made once, never shared, encrypted at rest.
///
/// @param fernetKey encrypts connections inside Airflow: 32 random bytes, URL-safe base64; losing it loses them
/// @param apiSecretKey signs Airflow's own sessions
/// @param jwtSecret signs the tokens that the gateway and Airflow's own tasks present (HS512, 64 random bytes)
/// @param databasePassword of the Deployment's own database role
public record AirflowSecrets(
        SecretText fernetKey, SecretText apiSecretKey, SecretText jwtSecret, SecretText databasePassword) {

    public static AirflowSecrets mint(SecureRandom random) {
        return new AirflowSecrets(
                new SecretText(Base64.getUrlEncoder().encodeToString(bytes(random, 32))),
                urlSafe(random, 64),
                urlSafe(random, 64),
                urlSafe(random, 32));
    }

    private static SecretText urlSafe(SecureRandom random, int length) {
        return new SecretText(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, length)));
    }

    private static byte[] bytes(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
