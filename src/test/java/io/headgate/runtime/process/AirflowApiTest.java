package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.host.FreePorts;
import io.headgate.testing.TestAirflow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Questions to Airflow, answered by a server that says what a test wants to hear.
final class AirflowApiTest {
    private final DesiredAirflow airflow = TestAirflow.desired(1);
    private final AirflowApi api = new AirflowApi(Clock.systemUTC());
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final int port;

    AirflowApiTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port = server.getAddress().getPort();
    }

    @BeforeEach
    void listen() {
        String start = "/" + airflow.namespace() + "/api/v2";
        server.createContext(start, exchange -> {
            String question = exchange.getRequestURI().toString().substring(start.length());
            asked.add(question);
            boolean known = answers.containsKey(question)
                    && String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                            .startsWith("Bearer ey");
            byte[] bytes = answers.getOrDefault(question, "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 404, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        api.close();
        server.stop(0);
    }

    @Test
    void versionsOfGoingRunsAreGatheredFromEveryPage() throws Exception {
        String question = "/dags/~/dagRuns?state=queued&state=running&order_by=id&limit=100&cursor=";
        answers.put(
                question,
                "{\"dag_runs\":[{\"bundle_version\":\"a\"},{\"bundle_version\":null}],\"next_cursor\":\"x=/1\"}");
        answers.put(question + "x%3D%2F1", "{\"dag_runs\":[{\"bundle_version\":\"b\"}],\"next_cursor\":null}");

        assertThat(api.versionsOfGoingRuns(airflow, port).orElseThrow()).containsExactlyInAnyOrder("a", "b");

        answers.remove(question + "x%3D%2F1");
        assertThat(api.versionsOfGoingRuns(airflow, port))
                .as("a missing page must not look like fewer runs")
                .isEmpty();
    }

    @Test
    void aServerThatIsAwayOrIsNoAirflowAnswersNothing() throws Exception {
        answers.put("/dags?order_by=dag_id&limit=100&offset=0", "{\"dags\":[]}");
        assertThat(api.dags(airflow, port)).as("control").contains(List.of());

        answers.put("/dags?order_by=dag_id&limit=100&offset=0", "<html>");
        assertThat(api.dags(airflow, port)).isEmpty();
        assertThat(api.dags(airflow, FreePorts.any())).isEmpty();
        assertThat(api.goingJobs(airflow, port, Component.SCHEDULER)).isEmpty();
    }

    @Test
    void dagsAreReadPageByPage() throws Exception {
        String full = IntStream.range(0, 100)
                .mapToObj(i ->
                        "{\"dag_id\":\"d" + i + "\",\"bundle_version\":\"v\",\"fileloc\":\"/code/versions/v/d.py\"}")
                .collect(Collectors.joining(",", "{\"dags\":[", "]}"));
        answers.put("/dags?order_by=dag_id&limit=100&offset=0", full);
        answers.put("/dags?order_by=dag_id&limit=100&offset=100", "{\"dags\":[{\"dag_id\":\"last\"}]}");

        List<AirflowApi.ServedDag> dags =
                new ArrayList<>(api.dags(airflow, port).orElseThrow());

        assertThat(dags).hasSize(101);
        assertThat(dags.getFirst()).isEqualTo(new AirflowApi.ServedDag("d0", "v", "/code/versions/v/d.py"));
        assertThat(dags.getLast()).isEqualTo(new AirflowApi.ServedDag("last", "", ""));
        assertThat(asked).hasSize(2);
    }

    @Test
    void jobsSayWhenTheyBeganAndLastReportedAndStoppedTakingTasks() throws Exception {
        answers.put("/jobs?job_state=running&order_by=-start_date&limit=20&job_type=SchedulerJob", """
                {"jobs":[{"start_date":"2026-01-02T03:04:05.5Z","latest_heartbeat":"2026-01-02T03:05:00+00:00",
                 "end_date":null},
                 {"start_date":"2026-01-01T00:00:00Z","latest_heartbeat":"2026-01-02T03:05:01Z",
                 "end_date":"2026-01-02T03:04:06Z"}]}
                """);

        assertThat(api.goingJobs(airflow, port, Component.SCHEDULER).orElseThrow())
                .containsExactly(
                        new AirflowApi.Job(
                                Instant.parse("2026-01-02T03:04:05.5Z"),
                                Instant.parse("2026-01-02T03:05:00Z"),
                                Optional.empty()),
                        new AirflowApi.Job(
                                Instant.parse("2026-01-01T00:00:00Z"),
                                Instant.parse("2026-01-02T03:05:01Z"),
                                Optional.of(Instant.parse("2026-01-02T03:04:06Z"))));
    }
}
