package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What goes wrong behind the gateway is told as what it is, and never looks like a success or like the caller's
/// fault.
class AirflowFailuresTest {
    private static final String DAGS = TestGateway.API + "/dags";

    @Test
    void anAirflowThatDoesNotListenIsUnavailable() throws IOException {
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
        try (TestGateway gateway = TestGateway.before(nobody, settings -> settings)) {
            RawResponse response = gateway.get(DAGS);

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.failure()).isEqualTo("gateway.airflow-unreachable");
            assertThat(response.header("Retry-After")).isEqualTo("5");
        }
    }

    @Test
    void aResponseThatIsCutOffNeverLooksComplete() throws IOException {
        for (String framing : List.of("Content-Length: 1000", "Transfer-Encoding: chunked")) {
            try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                        request.lines("HTTP/1.1 200 OK", framing, "", "5", "hello", "");
                        throw new IOException("hang up");
                    });
                    TestGateway gateway = TestGateway.before(origin);
                    RawClient client = gateway.connect()) {
                client.send(gateway.request("GET", DAGS));

                assertThat(client.responseHead().getFirst()).contains("200");
                assertThatThrownBy(() -> {
                            HttpText.body(client.in(), List.of("", framing));
                        })
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void evenForACallerWhoCouldNotTell() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    request.lines("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "5", "hello", "");
                    throw new IOException("hang up");
                });
                TestGateway gateway = TestGateway.before(origin);
                RawClient client = gateway.connect()) {
            client.send(gateway.request("GET", DAGS).replace("HTTP/1.1", "HTTP/1.0"));

            // Without a length the end of the connection is the end of the body, so it has to be a reset.
            assertThatThrownBy(client::response).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsNoResponseIsABadGateway() throws IOException {
        for (String nonsense : List.of(
                "hello\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nX-A\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-A: b",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-Large: " + "x".repeat(70_000) + "\r\n\r\n")) {
            try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                        request.write(nonsense);
                        throw new IOException("hang up");
                    });
                    TestGateway gateway = TestGateway.before(origin)) {
                RawResponse response = gateway.get(DAGS);
                assertThat(response.status()).as(nonsense).isEqualTo(502);
                assertThat(response.failure()).isEqualTo("gateway.airflow-malformed");

                origin.nowAnswer(request -> request.ok("{}"));
                assertThat(gateway.get(DAGS).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void anAirflowThatRefusesTheGatewayIsNotTheCallersFault() throws IOException {
        for (String refusal : List.of(
                response("401 Unauthorized", "{\"detail\":\"Not authenticated\"}"),
                response("401 Unauthorized", "x".repeat(5000)),
                response("403 Forbidden", "{\"detail\":\"Invalid JWT token\"}"))) {
            try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> request.write(refusal));
                    TestGateway gateway = TestGateway.before(origin)) {
                RawResponse response = gateway.get(DAGS);
                assertThat(response.status()).isEqualTo(502);
                assertThat(response.failure()).isEqualTo("gateway.airflow-refused-gateway");
                assertThat(response.headers("WWW-Authenticate")).isEmpty();
            }
        }
    }

    @Test
    void aRealRefusalOfAirflowIsPassedOn() throws IOException {
        for (String body : List.of("{\"detail\":\"Forbidden\"}", "", "{\"detail\":\"" + "x".repeat(3000) + "\"}")) {
            try (ScriptedOrigin origin =
                            ScriptedOrigin.answering(request -> request.write(response("403 Forbidden", body)));
                    TestGateway gateway = TestGateway.before(origin);
                    RawClient client = gateway.connect()) {
                RawResponse refused = client.exchange(gateway.request("GET", DAGS));
                assertThat(refused.status()).isEqualTo(403);
                assertThat(refused.body()).isEqualTo(body);
                assertThat(refused.failure()).isEmpty();
                assertThat(client.exchange(gateway.request("GET", DAGS)).status())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void bytesBehindAResponseAreNobodysResponse() throws IOException {
        for (String behind : List.of("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil", "HTTP/1.1 2", "x")) {
            try (ScriptedOrigin origin =
                            ScriptedOrigin.answering(request -> request.write(response("200 OK", "fine") + behind));
                    TestGateway gateway = TestGateway.before(origin);
                    RawClient client = gateway.connect()) {
                for (int i = 0; i < 5; i++) {
                    assertThat(client.exchange(gateway.request("GET", DAGS)).body())
                            .isEqualTo("fine");
                }
            }
        }
    }

    @Test
    void silenceHasAnEnd() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    try {
                        done.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    request.ok("{}");
                });
                TestGateway gateway = TestGateway.before(
                        origin, settings -> settings.withTimeouts(responseHeadAfter(Duration.ofMillis(100))))) {
            RawResponse response = gateway.get(DAGS);
            assertThat(response.status()).isEqualTo(504);
            assertThat(response.failure()).isEqualTo("gateway.airflow-timeout");

            done.countDown();
            assertThat(gateway.get(DAGS).status()).isEqualTo(200);
        }
    }

    @Test
    void anAnswerBeforeTheBodyWasReadIsPassedOn() throws IOException {
        try (ScriptedOrigin origin =
                        ScriptedOrigin.answering(request -> request.write(response("422 Unprocessable", "no")));
                TestGateway gateway = TestGateway.before(origin);
                RawClient client = gateway.connect()) {
            client.send(gateway.request("POST", TestGateway.API + "/variables", "Content-Length: 1000") + "begin");

            RawResponse response = client.response();
            assertThat(response.status()).isEqualTo(422);
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(client.isEnded()).isTrue();
        }
    }

    private static String response(String status, String body) {
        return "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.length(), body);
    }

    private static GatewaySettings.Timeouts responseHeadAfter(Duration limit) {
        GatewaySettings.Timeouts standard = GatewaySettings.Timeouts.standard();
        return new GatewaySettings.Timeouts(
                standard.connect(),
                standard.requestHead(),
                standard.clientIdle(),
                standard.requestBody(),
                standard.wholeRequestBody(),
                limit,
                standard.responseIdle(),
                standard.streamIdle(),
                standard.upstreamIdle(),
                standard.linger(),
                standard.drain());
    }
}
