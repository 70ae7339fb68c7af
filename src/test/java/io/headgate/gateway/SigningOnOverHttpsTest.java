package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.identity.Session;
import io.headgate.kernel.DeploymentId;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The https origin of a Deployment is another one than its http origin, although both are on one port: cookies are
/// kept
/// apart, and pages of the one may not act at the other.
class SigningOnOverHttpsTest {
    private static final String HOST = "quick.localhost:8889";
    private static final String RUNS = "/quick/api/v2/dags/etl/dagRuns";
    private static final DeploymentId QUICK = TestGateway.HOME.deploymentId();

    private ScriptedOrigin origin;
    private TestGateway gateway;
    private Session ada;

    @BeforeEach
    void start() {
        origin = ScriptedOrigin.agreeing();
        gateway = TestGateway.before(origin).over(Transport.HTTPS);
        ada = gateway.people().signIn("ada@example.com", Role.ORGANIZATION_OWNER);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    @Test
    void whoCameOverHttpsIsLedBackOverHttpsAndGetsCookiesForThatAlone() throws IOException {
        RawResponse away = exchange(request("GET", "/quick/dags", "Accept: text/html"));
        String location = away.header("Location");
        assertThat(location)
                .startsWith("http://localhost:8888/airflow-sign-in?")
                .endsWith("&scheme=https");
        String state = location.replaceAll(".*&state=([^&]*)&.*", "$1");
        assertThat(away.headers("Set-Cookie"))
                .containsExactly(
                        "__Host-headgate-airflow-state-8889-%s=%s; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure"
                                .formatted(state.substring(0, 8), state));

        String code = gateway.people().code(ada, QUICK, state, "/quick/dags").reveal();
        RawResponse back = exchange(request(
                "GET",
                "/quick/.headgate/sign-in?code=" + code,
                "Cookie: __Host-headgate-airflow-state-8889-" + state.substring(0, 8) + "=" + state));
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.headers("Set-Cookie"))
                .hasSize(2)
                .allSatisfy(cookie -> assertThat(cookie).startsWith("__Host-").endsWith("; Secure"));

        RawResponse plain;
        try (RawClient client = RawClient.connect(gateway.port())) {
            plain = client.exchange(request("GET", "/quick/dags", "Accept: text/html"));
        }
        assertThat(plain.header("Location")).as("control: over http").doesNotContain("scheme");
        assertThat(plain.header("Set-Cookie")).doesNotContain("__Host-", "Secure");
    }

    @Test
    void onlyPagesOfTheHttpsOriginActThere() throws IOException {
        String secure = gateway.people().cookie(ada, QUICK).replace("headgate-airflow", "__Host-headgate-airflow");
        for (String foreign : List.of("http://quick.localhost:8889", "https://other.localhost:8889", "null")) {
            RawResponse refused = exchange(post("Origin: " + foreign, secure));
            assertThat(refused.status()).as(foreign).isEqualTo(403);
            assertThat(refused.body()).contains("https://quick.localhost:8889");
        }
        assertThat(exchange(post("Origin: https://quick.localhost:8889", secure))
                        .status())
                .isEqualTo(200);

        gateway.over(Transport.HTTP);
        String plain = gateway.people().cookie(ada, QUICK);
        assertThat(exchange(post("Origin: https://quick.localhost:8889", plain)).status())
                .isEqualTo(403);
        assertThat(exchange(post("Origin: http://quick.localhost:8889", plain)).status())
                .as("control")
                .isEqualTo(200);
    }

    @Test
    void aCookieOfTheHttpOriginCountsForNothingThere() throws IOException {
        String plain = gateway.people().cookie(ada, QUICK);

        assertThat(exchange(request("GET", "/quick/api/v2/dags", plain)).status())
                .isEqualTo(401);
        assertThat(exchange(request(
                                "GET",
                                "/quick/api/v2/dags",
                                plain.replace("headgate-airflow", "__Host-headgate-airflow")))
                        .status())
                .isEqualTo(200);
    }

    private RawResponse exchange(String request) throws IOException {
        try (RawClient client = gateway.connect()) {
            return client.exchange(request);
        }
    }

    private static String post(String... lines) {
        return request("POST", RUNS, lines)
                        .replace("\r\n\r\n", "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n")
                + "{}";
    }

    private static String request(String method, String path, String... lines) {
        return "%s %s HTTP/1.1\r\nHost: %s\r\n%s\r\n\r\n".formatted(method, path, HOST, String.join("\r\n", lines));
    }
}
