package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// There are not more connections than allowed, and whoever holds them by doing nothing makes room.
@ParameterizedClass
@EnumSource(Transport.class)
class ConnectionLimitTest {
    private final Transport transport;

    /// Enough for some on every event loop.
    private static final int MAX = 4 * Runtime.getRuntime().availableProcessors();

    ConnectionLimitTest(Transport transport) {
        this.transport = transport;
    }

    @Test
    void whoWaitedLongestMakesRoomAndNewCallersAreServed() throws IOException {
        List<RawClient> idle = new ArrayList<>();
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = limited(origin)) {
            for (int i = 0; i < MAX; i++) {
                idle.add(gateway.connect().send(i % 2 == 0 ? "" : "GET /half HTTP/1.1\r\n"));
            }
            Await.until("all are open", () -> gateway.connections() == MAX);

            for (int i = 0; i < 3 * MAX; i++) {
                RawClient another = gateway.connect();
                idle.add(another);
                assertThat(another.exchange(gateway.request("GET", TestGateway.API + "/dags"))
                                .status())
                        .as("a new caller")
                        .isEqualTo(200);
                assertThat(gateway.connections()).isLessThanOrEqualTo(MAX);
            }

            assertThat(isClosed(idle.getFirst())).isTrue();
            assertThat(idle.getLast()
                            .exchange(gateway.request("GET", TestGateway.API + "/dags"))
                            .status())
                    .as("control: who was active last is still connected")
                    .isEqualTo(200);
        } finally {
            for (RawClient client : idle) {
                client.close();
            }
        }
    }

    @Test
    void whoIsBeingServedDoesNotMakeRoom() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<RawClient> busy = new ArrayList<>();
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    try {
                        go.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    request.ok("{}");
                });
                TestGateway gateway = limited(origin)) {
            String request = gateway.request("GET", TestGateway.API + "/dags");
            for (int i = 0; i < MAX; i++) {
                busy.add(gateway.connect().send(request));
            }
            Await.until("all are being served", () -> origin.requests().size() == MAX);

            assertThatThrownBy(() -> {
                        try (RawClient another = gateway.connect()) {
                            another.exchange(request);
                        }
                    })
                    .isInstanceOf(IOException.class);
            go.countDown();
            for (RawClient client : busy) {
                assertThat(client.response().status()).isEqualTo(200);
            }
            try (RawClient another = gateway.connect()) {
                assertThat(another.exchange(request).status())
                        .as("control: when they wait again there is room")
                        .isEqualTo(200);
            }
        } finally {
            for (RawClient client : busy) {
                client.close();
            }
        }
    }

    private TestGateway limited(ScriptedOrigin origin) {
        return TestGateway.before(
                        origin,
                        settings -> settings.withLimits(settings.limits().withClientConnections(MAX)))
                .over(transport);
    }

    private static boolean isClosed(RawClient client) {
        try {
            return client.isEnded();
        } catch (IOException reset) {
            return true;
        }
    }
}
