package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.DeploymentPermission;
import io.headgate.kernel.ApiTokenId;
import io.headgate.token.TokenVerdict;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// U8 at the gateway: what a known token was refused is counted, a stranger's guess is not.
class RefusedUsesAreCountedTest {
    private static final ApiTokenId KNOWN = new ApiTokenId(TestGateway.id("known"));

    private ScriptedOrigin origin;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        origin = ScriptedOrigin.agreeing();
        gateway = TestGateway.before(origin);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    @Test
    void byWhatTheTokenWasRefusedFor() throws IOException {
        String expired = gateway.token(new TokenVerdict.Expired(KNOWN, Instant.parse("2026-03-01T12:00:00Z")));
        String retired = gateway.token(new TokenVerdict.Retired(KNOWN));
        String pools = gateway.token(Set.of(DeploymentPermission.AIRFLOW_POOL_GET));
        assertThat(ask(expired, "/quick/api/v2/dags")).isEqualTo(401);
        assertThat(ask(retired, "/quick/api/v2/dags")).isEqualTo(401);
        assertThat(ask(retired, "/quick/api/v2/dags")).isEqualTo(401);
        assertThat(ask(pools, "/quick/api/v2/dags")).isEqualTo(403);
        assertThat(ask(pools, "/other/api/v2/dags")).isEqualTo(404);
        assertThat(ask("never-issued", "/quick/api/v2/dags")).isEqualTo(401);
        assertThat(ask(gateway.everything(), "/quick/api/v2/dags")).isEqualTo(200);
        assertThat(ask(gateway.everything(), "/quick/api/v2/nothing")).isEqualTo(404);

        assertThat(gateway.refusals())
                .containsExactlyInAnyOrder(
                        "EXPIRED 1 127.0.0.1",
                        "RETIRED 2 127.0.0.1",
                        "NOT_PERMITTED 1 127.0.0.1",
                        "NOT_VISIBLE 1 127.0.0.1");
    }

    /// Whoever presents a retired value learns no more than who guesses one.
    @Test
    void andARetiredValueIsAnsweredLikeAGuess() throws IOException {
        String retired = gateway.token(new TokenVerdict.Retired(KNOWN));
        for (String path : List.of("/quick/api/v2/dags", "/missing/x", "/")) {
            assertThat(answer(retired, path).comparable())
                    .isEqualTo(answer("never-issued", path).comparable());
        }
    }

    /// A bulk body that asks for more than its token may is refused after the head passed.
    @Test
    void forABodyThatAsksForTooMuch() throws IOException {
        String token =
                gateway.token(Set.of(DeploymentPermission.AIRFLOW_POOL_GET, DeploymentPermission.AIRFLOW_POOL_CREATE));
        String body = "{\"actions\": [{\"action\": \"delete\", \"entities\": [\"p\"]}]}";
        try (RawClient client = gateway.connect()) {
            client.send(gateway.requestAs(
                            token,
                            "PATCH",
                            "/quick/api/v2/pools",
                            "Content-Type: application/json",
                            "Content-Length: " + body.length())
                    + body);
            assertThat(client.response().status()).isEqualTo(403);
        }
        assertThat(gateway.refusals()).containsExactly("NOT_PERMITTED 1 127.0.0.1");
    }

    @Test
    void byTheAddressThatATrustedProxyNames() throws IOException {
        try (TestGateway behind = TestGateway.before(origin, RefusedUsesAreCountedTest::trusting)) {
            String expired = behind.token(new TokenVerdict.Expired(KNOWN, Instant.parse("2026-03-01T12:00:00Z")));
            for (String forwarded :
                    List.of("198.51.100.7", "6.6.6.6, 198.51.100.7, 192.0.2.9", "198.51.100.7, no, 192.0.2.9")) {
                try (RawClient client = behind.connect()) {
                    assertThat(client.exchange(behind.requestAs(
                                            expired, "GET", "/quick/api/v2/dags", "X-Forwarded-For: " + forwarded))
                                    .status())
                            .isEqualTo(401);
                }
            }
            assertThat(behind.refusals()).containsExactlyInAnyOrder("EXPIRED 2 198.51.100.7", "EXPIRED 1 192.0.2.9");
        }
        // control: from anybody else the header is only a claim
        String expired = gateway.token(new TokenVerdict.Expired(KNOWN, Instant.parse("2026-03-01T12:00:00Z")));
        try (RawClient client = gateway.connect()) {
            var _ = client.exchange(
                    gateway.requestAs(expired, "GET", "/quick/api/v2/dags", "X-Forwarded-For: 198.51.100.7"));
        }
        assertThat(gateway.refusals()).containsExactly("EXPIRED 1 127.0.0.1");
    }

    private static GatewaySettings trusting(GatewaySettings settings) {
        return new GatewaySettings(
                settings.bindAddress(),
                0,
                settings.publicUrl(),
                settings.baseDomain(),
                Map.of(),
                List.of("127.0.0.1", "192.0.2.0/24"),
                settings.limits(),
                settings.timeouts());
    }

    private int ask(String token, String path) throws IOException {
        return answer(token, path).status();
    }

    private RawResponse answer(String token, String path) throws IOException {
        try (RawClient client = gateway.connect()) {
            return client.exchange(gateway.requestAs(token, "GET", path));
        }
    }
}
