package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every trick is refused without reaching Airflow, and the same request without the trick passes.
class RefusedRequestsTest {
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
    void anEscapedSlashOutsideATail() throws IOException {
        refusedBut(get("/dags/x%2FdagRuns"), 400, "gateway.target-refused", get("/dags/x%252FdagRuns"));
        refusedBut(get("/dags/x%5CdagRuns"), 400, "gateway.target-refused", get("/variables/x%5Cy"));
        refusedBut(get("/dags/x%00"), 400, "gateway.target-refused", get("/variables/x%2Fy"));
    }

    @Test
    void aDotSegment() throws IOException {
        refusedBut(get("/dags/../connections"), 400, "gateway.target-refused", get("/dags/..connections"));
        refusedBut(get("/variables/%2e%2e/connections"), 400, "gateway.target-refused", get("/variables/%2e.%2e/c"));
    }

    @Test
    void anEmptySegment() throws IOException {
        refusedBut(get("/dags//details"), 400, "gateway.target-refused", get("/dags/x/details"));
    }

    @Test
    void aTargetThatIsTooLong() throws IOException {
        refusedBut(
                get("/dags?x=" + "a".repeat(9000)), 400, "gateway.target-refused", get("/dags?x=" + "a".repeat(7000)));
    }

    @Test
    void twoCredentials() throws IOException {
        String token = gateway.everything();
        String control = get("/dags");
        refusedBut(get("/dags", "Authorization: Bearer " + token), 400, "gateway.two-credentials", control);
        refusedBut(get("/dags", "Authorization: Basic eDp5"), 400, "gateway.two-credentials", control);
        refusedBut(get("/dags", "X-API-Key: something"), 400, "gateway.two-credentials", control);
        refusedBut(get("/dags", "X-Note: " + token), 400, "gateway.two-credentials", get("/dags", "X-Note: text"));
        refusedBut(
                control.replace("Bearer " + token, "Bearer %s, Basic eDp5".formatted(token)),
                400,
                "gateway.two-credentials",
                control);
    }

    @Test
    void aTokenInTheUrl() throws IOException {
        String token = gateway.everything();
        String control = get("/dags?token=abc&access=1");
        String code = "gateway.token-exposed";
        refusedBut(get("/dags?access_token=abc"), 400, code, control);
        refusedBut(get("/dags?a=1&ACCESS%5ftoken=abc"), 400, code, control);
        refusedBut(get("/dags?order_by=" + token), 400, code, control);
        refusedBut(get("/dags?order_by=%65" + token.substring(1)), 400, code, control);
        refusedBut(get("/variables/" + token), 400, code, control);
    }

    @Test
    void aTokenOfAirflowsLogsRoutePasses() throws IOException {
        String logs = "/dags/d/dagRuns/r/taskInstances/t/logs/1?token=eyJhbGciOiJIUzUxMiJ9.e30.c2ln";
        assertThat(exchange(get(logs)).status()).isEqualTo(200);
    }

    @Test
    void anUnknownHost() throws IOException {
        String control = get("/dags");
        String host = "Host: localhost:" + gateway.port();
        refusedBut(control.replace(host, "Host: evil.example"), 421, "gateway.unknown-host", control);
        refusedBut(
                control.replace(host, "Host: other.localhost"),
                421,
                "gateway.unknown-host",
                control.replace(host, "Host: quick.localhost"));
        refusedBut(control.replace(host + "\r\n", ""), 400, "gateway.host-malformed", control);
        refusedBut(control.replace(host, host + "\r\n" + host), 400, "gateway.host-malformed", control);
    }

    @Test
    void methodsAndUpgradesThatAProxyMustNotServe() throws IOException {
        String control = get("/dags");
        refusedBut(control.replace("GET", "TRACE"), 405, "gateway.method-not-allowed", control);
        refusedBut(control.replace("GET", "PROPFIND"), 405, "gateway.method-not-allowed", control);
        refusedBut(
                "CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n", 405, "gateway.method-not-allowed", control);
        refusedBut(get("/dags", "Connection: Upgrade", "Upgrade: websocket"), 400, "gateway.upgrade-refused", control);
        refusedBut(get("/dags", "Expect: a-miracle"), 417, "gateway.expectation-failed", control);
    }

    private String get(String path, String... more) {
        return gateway.request("GET", TestGateway.API + path, more);
    }

    private void refusedBut(String trick, int status, String code, String control) throws IOException {
        int before = origin.requests().size();
        RawResponse refused = exchange(trick);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.failure()).isEqualTo(code);
        assertThat(refused.body()).startsWith("{\"detail\":\"").doesNotContain("eyJ");
        assertThat(refused.header("X-Request-Id")).isNotEmpty();
        assertThat(origin.requests()).hasSize(before);

        assertThat(exchange(control).status()).isEqualTo(200);
        assertThat(origin.requests()).hasSize(before + 1);
    }

    private RawResponse exchange(String request) throws IOException {
        try (RawClient client = gateway.connect()) {
            return client.exchange(request);
        }
    }
}
