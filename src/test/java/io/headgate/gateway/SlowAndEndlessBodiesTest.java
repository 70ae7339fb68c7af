package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Neither a request that comes one byte now and then nor one that has no end holds the gateway or Airflow.
class SlowAndEndlessBodiesTest {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final int BODY_MAX = 256 * 1024;
    private static final int ENDLESS = 64 * 1024 * 1024;

    @Test
    void aHeadThatTricklesIsNotWaitedForLong() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway =
                        TestGateway.before(origin, settings -> settings.withTimeouts(timeouts(SOON, NEVER)))) {
            String head = gateway.request("GET", TestGateway.API + "/dags", "X-A: " + "b".repeat(8000));
            try (RawClient client = gateway.connect()) {
                assertThat(client.exchange(head).status())
                        .as("control: at once")
                        .isEqualTo(200);
            }

            Trickle.Ended ended = Trickle.of(gateway.port(), head);

            assertThat(ended.response().status()).isEqualTo(408);
            assertThat(ended.sent()).isPositive().isLessThan(head.length());
        }
    }

    @Test
    void aBodyThatTricklesIsNotWaitedForLong() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway =
                        TestGateway.before(origin, settings -> settings.withTimeouts(timeouts(NEVER, SOON)))) {
            for (String request : new String[] {"POST /variables", "PATCH /pools"}) {
                String head = post(gateway, request, "Content-Length: 20000");
                Trickle.Ended ended = Trickle.of(gateway.port(), head, " ".repeat(20_000));

                assertThat(ended.response().status()).as(request).isEqualTo(408);
            }
            try (RawClient client = gateway.connect()) {
                String head = post(gateway, "POST /variables", "Content-Length: 20000");
                assertThat(client.exchange(head + " ".repeat(20_000)).status())
                        .as("control: at once")
                        .isEqualTo(200);
            }
            // of a request that was refused the rest is read away, but not for long either
            String refused = gateway.requestAs("never-issued", "POST", "/quick/api/v2/pools", "Content-Length: 20000");
            Trickle.Ended ended = Trickle.of(gateway.port(), refused, " ".repeat(20_000));

            assertThat(ended.response().status()).isEqualTo(401);
            assertThat(ended.sent()).isLessThan(20_000);
        }
    }

    @Test
    void aBodyThatNeverEndsIsCutOff() throws Exception {
        AtomicInteger whole = new AtomicInteger();
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    request.body();
                    whole.incrementAndGet();
                    request.ok("{}");
                });
                TestGateway gateway = TestGateway.before(
                        origin,
                        settings -> settings.withLimits(settings.limits().withBodyBytes(BODY_MAX)))) {
            for (String request : new String[] {"POST /variables", "PATCH /pools", "POST /nothing"}) {
                try (RawClient client = gateway.connect()) {
                    client.send(post(gateway, request, "Transfer-Encoding: chunked"));
                    int sent = pour(client);

                    assertThat(sent).as(request).isLessThan(ENDLESS);
                    int status = client.response().status();
                    assertThat(status).as(request).isEqualTo(request.endsWith("nothing") ? 404 : 413);
                }
            }
            assertThat(whole.get()).isZero();
            try (RawClient client = gateway.connect()) {
                String control = post(gateway, "POST /variables", "Transfer-Encoding: chunked");
                assertThat(client.exchange(control + "%x\r\n%s\r\n0\r\n\r\n".formatted(BODY_MAX, "a".repeat(BODY_MAX)))
                                .status())
                        .as("control: as large as may be")
                        .isEqualTo(200);
            }
            assertThat(whole.get()).isEqualTo(1);
        }
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsRefusedAtOnce() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(
                        origin,
                        settings -> settings.withLimits(settings.limits().withBodyBytes(BODY_MAX)));
                RawClient client = gateway.connect();
                RawClient control = gateway.connect()) {
            RawResponse refused = client.exchange(post(gateway, "POST /variables", "Content-Length: 300000"));

            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.failure()).isEqualTo("gateway.body-too-large");
            assertThat(refused.body()).contains(Integer.toString(BODY_MAX));
            assertThat(origin.requests()).isEmpty();
            assertThat(control.exchange(post(gateway, "POST /variables", "Content-Length: " + BODY_MAX)
                                    + "a".repeat(BODY_MAX))
                            .status())
                    .isEqualTo(200);
        }
    }

    /// Chunk after chunk until the gateway has had enough; how many bytes.
    private static int pour(RawClient client) {
        String chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
        int sent = 0;
        try {
            while (sent < ENDLESS && client.in().available() == 0) {
                client.send(chunk);
                sent += 0x10000;
            }
        } catch (IOException cutOff) {
            return sent;
        }
        return sent;
    }

    private static String post(TestGateway gateway, String request, String length) {
        String[] parts = request.split(" ", -1);
        return gateway.request(parts[0], TestGateway.API + parts[1], "Content-Type: application/json", length);
    }

    /// Pieces come in time by far; it is the limit for all of them that ends it.
    private static GatewaySettings.Timeouts timeouts(Duration head, Duration whole) {
        GatewaySettings.Timeouts standard = GatewaySettings.Timeouts.standard();
        return new GatewaySettings.Timeouts(
                standard.connect(),
                head,
                NEVER,
                whole,
                whole,
                NEVER,
                NEVER,
                NEVER,
                standard.upstreamIdle(),
                standard.linger(),
                standard.drain());
    }
}
