package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private static final String DAGS = TestGateway.API + "/dags";

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
                TestGateway gateway = TestGateway.before(origin);
                RawClient idle = gateway.connect();
                RawClient busy = gateway.connect()) {
            int port = gateway.port();
            busy.send(gateway.request("GET", DAGS));
            Await.until("the request is under way", () -> origin.requests().size() == 1);
            Thread closing = Thread.ofVirtual().start(gateway::close);

            assertThat(idle.isEnded()).isTrue();
            assertThatThrownBy(() -> RawClient.connect(port)).isInstanceOf(IOException.class);
            answer.countDown();
            RawResponse response = busy.response();
            assertThat(response.body()).isEqualTo("\"finished\"");
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(busy.isEnded()).isTrue();
            closing.join();
        }
    }
}
