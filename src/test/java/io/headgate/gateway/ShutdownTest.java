package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class ShutdownTest {
    private final Transport transport;

    private static final String DAGS = TestGateway.API + "/dags";

    ShutdownTest(Transport transport) {
        this.transport = transport;
    }

    @Test
    void aRunningRequestIsFinishedAndNoNewOneTaken() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    try {
                        answer.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    request.ok("\"finished\"");
                });
                TestGateway gateway = TestGateway.before(origin).over(transport);
                RawClient idle = gateway.connect();
                RawClient busy = gateway.connect()) {
            int port = gateway.port();
            busy.send(gateway.request("GET", DAGS));
            Await.until("the request is under way", () -> origin.requests().size() == 1);
            Thread closing = Thread.ofVirtual().start(gateway::close);

            assertThat(idle.isEnded()).isTrue();
            // the idle caller may be let go a moment before the listener is closed
            Await.until("no new connection is taken", () -> refusesConnections(port));
            answer.countDown();
            RawResponse response = busy.response();
            assertThat(response.body()).isEqualTo("\"finished\"");
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(busy.isEnded()).isTrue();
            closing.join();
        }
    }

    private static boolean refusesConnections(int port) {
        try {
            RawClient.connect(port).close();
            return false;
        } catch (IOException refused) {
            return true;
        }
    }
}
