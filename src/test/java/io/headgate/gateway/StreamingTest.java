package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A stream is relayed as it is written, however slowly that is.
@ParameterizedClass
@EnumSource(Transport.class)
class StreamingTest {
    private final Transport transport;

    StreamingTest(Transport transport) {
        this.transport = transport;
    }

    @Test
    void aLineIsRelayedBeforeTheNextOneExists() throws Exception {
        SynchronousQueue<String> lines = new SynchronousQueue<>();
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    request.lines("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "");
                    try {
                        for (String line = lines.take(); !line.isEmpty(); line = lines.take()) {
                            request.write("%x\r\n%s\r\n".formatted(line.length(), line));
                        }
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    request.write("0\r\n\r\n");
                });
                TestGateway gateway = TestGateway.before(origin).over(transport);
                RawClient client = gateway.connect()) {
            client.send(gateway.request("GET", TestGateway.API + "/dags/d/dagRuns/r/taskInstances/t/logs/1"))
                    .responseHead();
            for (String line : new String[] {"one", "two", "three"}) {
                assertThat(lines.offer(line, 20, TimeUnit.SECONDS)).isTrue();
                assertThat(HttpText.line(client.in())).isEqualTo(Integer.toHexString(line.length()));
                assertThat(HttpText.line(client.in())).isEqualTo(line);
            }
            assertThat(lines.offer("", 20, TimeUnit.SECONDS)).isTrue();
            assertThat(HttpText.line(client.in())).isEqualTo("0");
            assertThat(HttpText.line(client.in())).isEmpty();
            assertThat(client.exchange(gateway.request("GET", TestGateway.API + "/nothing"))
                            .status())
                    .isEqualTo(404);
        }
    }
}
