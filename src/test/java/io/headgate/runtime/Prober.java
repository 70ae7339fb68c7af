package io.headgate.runtime;

import io.headgate.deployment.DesiredAirflow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Asks an Airflow for its version again and again, where it is last said to be, as a gateway would.
final class Prober implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final Thread thread;

    Prober(DesiredAirflow airflow, AtomicReference<InetSocketAddress> upstream) {
        thread = Thread.ofVirtual().name("prober").start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                int port = upstream.get().getPort();
                try {
                    HttpResponse<String> response = client.send(
                            HttpRequest.newBuilder(URI.create(
                                            "http://127.0.0.1:" + port + "/" + airflow.namespace() + "/api/v2/version"))
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
                    answered.incrementAndGet();
                    if (response.statusCode() != 200) {
                        failures.add(Instant.now() + " " + port + " " + response.statusCode());
                    }
                } catch (IOException e) {
                    failures.add(Instant.now() + " " + port + " " + e);
                } catch (InterruptedException e) {
                    return;
                }
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        });
    }

    int answered() {
        return answered.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        thread.interrupt();
        client.shutdownNow();
    }
}
