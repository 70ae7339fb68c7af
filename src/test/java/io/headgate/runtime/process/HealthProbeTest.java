package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.headgate.host.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HealthProbeTest {
    private static final String HEALTH = """
            {"metadatabase":{"status":"healthy"},
             "scheduler":{"status":"healthy","latest_scheduler_heartbeat":"2026-11-24T19:12:30.123456+00:00"},
             "triggerer":{"status":null,"latest_triggerer_heartbeat":null},
             "dag_processor":{"status":"unhealthy","latest_dag_processor_heartbeat":"2026-11-24T19:12:31Z"}}
            """;

    @Test
    void heartbeatsAreReadAndVerdictsAreNot() throws IOException {
        AirflowHealth health = HealthProbe.read(new ObjectMapper().readTree(HEALTH));

        assertThat(health)
                .isEqualTo(new AirflowHealth.Answering(
                        true,
                        Map.of(
                                Component.SCHEDULER, Instant.parse("2026-11-24T19:12:30.123456Z"),
                                Component.DAG_PROCESSOR, Instant.parse("2026-11-24T19:12:31Z"))));
    }

    @Test
    void onlyAirflowUnderItsPrefixCounts() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(server, "/right/api/v2/version", 200, "{\"version\":\"3.3.2\"}");
        answer(server, "/right/api/v2/monitor/health", 200, HEALTH);
        answer(server, "/page/api/v2/version", 200, "<html>");
        answer(server, "/other/api/v2/version", 200, "{\"hello\":\"world\"}");
        server.start();
        int port = server.getAddress().getPort();
        try (HealthProbe probe = new HealthProbe()) {
            assertThat(probe.ask(port, "right")).isInstanceOf(AirflowHealth.Answering.class);
            assertThat(probe.ask(port, "page")).isInstanceOf(AirflowHealth.Silent.class);
            assertThat(probe.ask(port, "other")).isEqualTo(new AirflowHealth.Silent("answers, but not like Airflow"));
            assertThat(probe.ask(port, "missing")).isEqualTo(new AirflowHealth.Silent("does not answer: status 404"));
            assertThat(probe.ask(FreePorts.any(), "right"))
                    .isEqualTo(new AirflowHealth.Silent("does not accept connections yet"));
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpServer server, String path, int status, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
