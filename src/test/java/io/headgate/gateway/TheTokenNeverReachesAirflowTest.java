package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headgate.access.DeploymentPermission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Airflow, and with it everybody who may push code there, never sees a credential that is good anywhere else.
class TheTokenNeverReachesAirflowTest {
    private static final String DAGS = TestGateway.API + "/dags";

    @Test
    void airflowGetsAnotherTokenThatIsGoodForOneMinute() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin)) {
            long before = Instant.now().getEpochSecond();
            String token = gateway.token(
                    "say \"hi\"\\\u0000é",
                    Set.of(
                            DeploymentPermission.AIRFLOW_DAG_GET,
                            DeploymentPermission.AIRFLOW_POOL_GET,
                            DeploymentPermission.DEPLOYS_CREATE));
            try (RawClient client = gateway.connect()) {
                assertThat(client.exchange(gateway.requestAs(token, "GET", DAGS))
                                .status())
                        .isEqualTo(200);
            }

            ScriptedOrigin.Request seen = origin.onlyRequest();
            assertThat(String.join("\n", seen.head())).doesNotContain(token).doesNotContain("payload");
            assertThat(seen.headers("Authorization")).hasSize(1);
            String jwt = seen.header("Authorization").substring("Bearer ".length());
            assertThat(isSignedBy("s".repeat(64), jwt)).isTrue();
            assertThat(isSignedBy("t".repeat(64), jwt)).isFalse();
            JsonNode header = decoded(jwt, 0);
            JsonNode claims = decoded(jwt, 1);
            assertThat(header.toString()).isEqualTo("{\"alg\":\"HS512\",\"typ\":\"JWT\"}");
            assertThat(claims.get("sub").asText()).isEqualTo("token:say \"hi\"\\\u0000é");
            assertThat(claims.get("aud").asText()).isEqualTo("dep-quick");
            assertThat(claims.get("iss").asText()).isEqualTo("https://headgate.test/quick");
            assertThat(claims.get("iat").asLong()).isBetween(before, before + 60);
            assertThat(claims.get("nbf")).isEqualTo(claims.get("iat"));
            assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(60);
            assertThat(claims.get("permissions"))
                    .extracting(JsonNode::asText)
                    .containsExactly("deployment.airflow.dag.get", "deployment.airflow.pool.get");
            assertThat(claims.has("jti")).isFalse();
        }
    }

    @Test
    void inWhateverHeaderACallerPutsIt() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin)) {
            String token = gateway.everything();
            for (String header : new String[] {"Cookie: t=", "Referer: http://x/?t=", "X-Custom: ", "User-Agent: a "}) {
                assertThat(gateway.get(DAGS, header + token).status()).isEqualTo(400);
                assertThat(gateway.get(DAGS, header + "harmless").status()).isEqualTo(200);
            }
            try (RawClient client = gateway.connect()) {
                RawResponse alone = client.exchange(
                        "GET %s HTTP/1.1\r\nHost: localhost\r\nX-API-Key: %s\r\n\r\n".formatted(DAGS, token));
                assertThat(alone.failure()).isEqualTo("gateway.token-exposed");
            }
            assertThat(origin.requests())
                    .allSatisfy(request ->
                            assertThat(String.join("\n", request.head())).doesNotContain(token));
        }
    }

    private static boolean isSignedBy(String secret, String jwt) throws Exception {
        int dot = jwt.lastIndexOf('.');
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
        byte[] expected = mac.doFinal(jwt.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(expected).equals(jwt.substring(dot + 1));
    }

    private static JsonNode decoded(String jwt, int part) throws IOException {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[part]));
    }
}
