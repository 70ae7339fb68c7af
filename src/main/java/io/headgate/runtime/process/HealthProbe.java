package io.headgate.runtime.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.Map;

/// Asks an api-server, under its prefix, for its version and its health.
final class HealthProbe implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    /// Milliseconds when idle; a host that starts another Airflow beside needs seconds.
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    AirflowHealth ask(int port, String namespace) throws InterruptedException {
        try {
            JsonNode version = get(port, namespace, "version");
            if (!version.path("version").isTextual()) {
                return new AirflowHealth.Silent("answers, but not like Airflow");
            }
            return read(get(port, namespace, "monitor/health"));
        } catch (ConnectException e) {
            return new AirflowHealth.Silent("does not accept connections yet");
        } catch (HttpTimeoutException e) {
            return new AirflowHealth.Silent("does not answer in time");
        } catch (IOException e) {
            return new AirflowHealth.Silent("does not answer: " + e.getMessage());
        }
    }

    static AirflowHealth read(JsonNode health) {
        Map<Component, Instant> heartbeats = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            JsonNode heartbeat =
                    health.path(component.healthName()).path("latest_" + component.healthName() + "_heartbeat");
            if (heartbeat.isTextual()) {
                try {
                    heartbeats.put(
                            component, OffsetDateTime.parse(heartbeat.asText()).toInstant());
                } catch (DateTimeException e) {
                    return new AirflowHealth.Silent("answers, but not like Airflow: " + heartbeat.asText());
                }
            }
        }
        boolean databaseAnswers =
                health.path("metadatabase").path("status").asText().equals("healthy");
        return new AirflowHealth.Answering(databaseAnswers, heartbeats);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private JsonNode get(int port, String namespace, String what) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/" + namespace + "/api/v2/" + what))
                .timeout(ANSWER_LIMIT)
                .build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        return JSON.readTree(response.body());
    }
}
