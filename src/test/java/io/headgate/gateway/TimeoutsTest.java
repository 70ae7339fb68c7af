package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Nobody can hold a place in the gateway by doing nothing.
class TimeoutsTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration NEVER = Duration.ofHours(1);

    @Test
    void halfAHeadIsNotWaitedForLong() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin, limits(SOON, NEVER, NEVER));
                RawClient client = gateway.connect()) {
            RawResponse response = client.exchange("GET / HTTP/1.1\r\nHost: loc");

            assertThat(response.status()).isEqualTo(408);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aSilentConnectionIsClosed() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin, limits(NEVER, SOON, NEVER));
                RawClient fresh = gateway.connect();
                RawClient used = gateway.connect()) {
            assertThat(fresh.isEnded()).isTrue();
            assertThat(used.isEnded()).isTrue();
        }
    }

    @Test
    void aBodyThatDoesNotComeIsNotWaitedFor() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin, limits(NEVER, NEVER, SOON))) {
            for (String target : new String[] {"POST /variables", "PATCH /pools"}) {
                String[] parts = target.split(" ", -1);
                try (RawClient client = gateway.connect()) {
                    RawResponse response = client.exchange(gateway.request(
                                    parts[0],
                                    TestGateway.API + parts[1],
                                    "Content-Type: application/json",
                                    "Content-Length: 10")
                            + "{");
                    assertThat(response.status()).isEqualTo(408);
                }
            }
        }
    }

    @Test
    void anOrdinaryResponseMayNotStallButAStreamMayBeQuiet() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        GatewaySettings.Timeouts standard = GatewaySettings.Timeouts.standard();
        GatewaySettings.Timeouts stalling = new GatewaySettings.Timeouts(
                standard.connect(),
                NEVER,
                NEVER,
                NEVER,
                NEVER,
                NEVER,
                SOON,
                NEVER,
                standard.upstreamIdle(),
                standard.linger(),
                standard.drain());
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    request.lines("HTTP/1.1 200 OK", "Content-Length: 2", "", "{");
                    if (request.target().endsWith("/wait")) {
                        try {
                            ended.await();
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                        request.write("}");
                    }
                });
                TestGateway gateway = TestGateway.before(origin, settings -> settings.withTimeouts(stalling));
                RawClient stream = gateway.connect();
                RawClient ordinary = gateway.connect()) {
            stream.send(gateway.request("GET", TestGateway.API + "/dags/d/dagRuns/r/wait"))
                    .responseHead();
            ordinary.send(gateway.request("GET", TestGateway.API + "/dags"));
            assertThatThrownBy(ordinary::response).isInstanceOf(IOException.class);

            // The stream began first and has been just as quiet.
            ended.countDown();
            assertThat(HttpText.exactly(stream.in(), 2)).containsExactly('{', '}');
        }
    }

    @Test
    void anUnusedConnectionToAirflowIsNotKeptForEver() throws IOException {
        GatewaySettings.Timeouts standard = GatewaySettings.Timeouts.standard();
        GatewaySettings.Timeouts resting = new GatewaySettings.Timeouts(
                standard.connect(),
                NEVER,
                NEVER,
                NEVER,
                NEVER,
                NEVER,
                NEVER,
                NEVER,
                SOON,
                standard.linger(),
                standard.drain());
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin, settings -> settings.withTimeouts(resting))) {
            assertThat(gateway.get(TestGateway.API + "/dags").status()).isEqualTo(200);
            assertThat(origin.connections()).isEqualTo(1);

            Await.until("the connection is closed", () -> origin.openConnections() == 0);
        }
    }

    private static UnaryOperator<GatewaySettings> limits(Duration head, Duration idle, Duration body) {
        GatewaySettings.Timeouts standard = GatewaySettings.Timeouts.standard();
        return settings -> settings.withTimeouts(new GatewaySettings.Timeouts(
                standard.connect(),
                head,
                idle,
                body,
                NEVER,
                NEVER,
                NEVER,
                NEVER,
                standard.upstreamIdle(),
                standard.linger(),
                standard.drain()));
    }
}
