package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What belongs to one connection, or would let a caller pretend to be somebody, stops at the gateway.
class HopByHopHeadersTest {
    private static final String DAGS = TestGateway.API + "/dags";

    @Test
    void headersOfTheCallersConnectionStopHere() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin)) {
            gateway.get(
                    DAGS,
                    "Connection: keep-alive, X-Mine",
                    "X-Mine: 1",
                    "Keep-Alive: timeout=5",
                    "TE: trailers",
                    "Trailer: X-T",
                    "Proxy-Connection: keep-alive",
                    "Proxy-Authorization: Basic eDp5",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAAQAAP__",
                    "X-Kept: yes",
                    "Accept-Encoding: gzip");

            assertThat(origin.onlyRequest()
                            .head()
                            .subList(1, origin.onlyRequest().head().size()))
                    .extracting(line -> line.substring(0, line.indexOf(':')).toLowerCase(java.util.Locale.ROOT))
                    .containsExactlyInAnyOrder(
                            "x-kept", "accept-encoding", "host", "authorization", "x-forwarded-proto", "x-request-id");
        }
    }

    @Test
    void nobodyCanPretendToBeAProxyOrAnotherPerson() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin)) {
            gateway.get(
                    DAGS,
                    "X-Forwarded-For: 10.0.0.1",
                    "X_Forwarded_For: 10.0.0.1",
                    "X-Forwarded-Host: evil.example",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-User: admin",
                    "Forwarded: for=10.0.0.1",
                    "X-Real-IP: 10.0.0.1",
                    "Remote-User: admin",
                    "X-HTTP-Method-Override: DELETE",
                    "X-Original-URL: /quick/execution",
                    "X-Headgate-Anything: 1",
                    "X-Request-Id: mine",
                    "Cookie: _token=abc; session=1",
                    "X-Forwardedly: kept");

            List<String> head = origin.onlyRequest().head();
            assertThat(String.join("\n", head))
                    .doesNotContain("10.0.0.1", "evil.example", "admin", "execution", "Headgate", "mine", "_token")
                    .contains("X-Forwardedly: kept");
            assertThat(origin.onlyRequest().headers("X-Forwarded-Proto")).containsExactly("http");
            assertThat(origin.onlyRequest().header("Host")).isEqualTo("localhost:" + gateway.port());
        }
    }

    @Test
    void onlyATrustedProxyMaySayThatTheCallerCameByHttps() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway trusting = TestGateway.before(origin, HopByHopHeadersTest::trustingLoopback);
                TestGateway other = TestGateway.before(origin)) {
            trusting.get(DAGS, "X-Forwarded-Proto: https");
            trusting.get(DAGS, "X-Forwarded-Proto: gopher");
            other.get(DAGS, "X-Forwarded-Proto: https");

            assertThat(origin.requests())
                    .extracting(request -> request.header("X-Forwarded-Proto"))
                    .containsExactly("https", "http", "http");
        }
    }

    @Test
    void headersOfAirflowsConnectionStopHereToo() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> request.lines(
                        "HTTP/1.1 200 OK",
                        "Server: uvicorn",
                        "Set-Cookie: _token=x",
                        "Set-Cookie: b=c",
                        "Connection: X-Private",
                        "X-Private: 1",
                        "Keep-Alive: timeout=5",
                        "X-Headgate-Failure: gateway.not-found",
                        "X-Request-Id: theirs",
                        "X-Kept: yes",
                        "Content-Length: 2",
                        "",
                        "{}"));
                TestGateway gateway = TestGateway.before(origin)) {
            RawResponse response = gateway.get(DAGS);

            assertThat(response.head().subList(1, response.head().size()))
                    .extracting(line -> line.substring(0, line.indexOf(':')).toLowerCase(java.util.Locale.ROOT))
                    .containsExactlyInAnyOrder("x-kept", "content-length", "x-request-id");
            assertThat(response.header("X-Request-Id")).isNotEqualTo("theirs");
        }
    }

    private static GatewaySettings trustingLoopback(GatewaySettings settings) {
        return new GatewaySettings(
                settings.bindAddress(),
                0,
                URI.create("https://localhost"),
                settings.baseDomain(),
                Map.of(),
                List.of("127.0.0.0/8", "::1"),
                settings.limits(),
                settings.timeouts());
    }
}
