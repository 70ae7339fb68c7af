package io.headgate.runtime.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headgate.access.DeploymentPermission;
import io.headgate.alert.FailedRuns;
import io.headgate.deployment.DagRuns;
import io.headgate.deployment.DesiredAirflow;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/// Asks an api-server what the control plane itself wants to know, with a token that may read just that.
///
/// Every answer is empty if Airflow does not answer, or not in time, or not as Airflow would.
final class AirflowApi implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AirflowApi.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /// The largest page that Airflow gives.
    private static final int PAGE = 100;

    /// A hundred thousand objects; more means that something counts in circles.
    private static final int PAGES_MAX = 1000;

    /// A page of runs holds their whole `conf`, which people fill.
    private static final long BYTES_MAX = 32L * 1024 * 1024;

    private static final int JOBS = 20;
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(60);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    AirflowApi(Clock clock) {
        this.clock = clock;
    }

    /// A DAG that Airflow offers to people.
    ///
    /// @param version the folder name of a bundle version; empty if it came from none
    /// @param file where Airflow read it
    record ServedDag(String id, String version, String file) {}

    /// One life of a scheduler, triggerer or dag-processor.
    ///
    /// @param ended a scheduler's is set as soon as it takes no more tasks, though it may go on running some
    record Job(Instant started, Instant heartbeat, Optional<Instant> ended) {}

    /// Folder names of the bundle versions that runs which have not ended are to use.
    Optional<Set<String>> versionsOfGoingRuns(DesiredAirflow airflow, int port) throws InterruptedException {
        Set<String> versions = new HashSet<>();
        // by cursor: counted pages would skip a run whenever one before it ends meanwhile
        String cursor = "";
        for (int page = 0; page < PAGES_MAX; page++) {
            Optional<JsonNode> answer = get(
                    airflow,
                    port,
                    "/dags/~/dagRuns?state=queued&state=running&order_by=id&limit=" + PAGE + "&cursor="
                            + URLEncoder.encode(cursor, StandardCharsets.UTF_8),
                    "dag_runs");
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            for (JsonNode run : answer.get().get("dag_runs")) {
                if (run.path("bundle_version").isTextual()) {
                    versions.add(run.get("bundle_version").asText());
                }
            }
            if (!answer.get().path("next_cursor").isTextual()) {
                return Optional.of(versions);
            }
            cursor = answer.get().get("next_cursor").asText();
        }
        return Optional.empty();
    }

    /// Ends of runs as failures from that time on, oldest first; the first of them only, if they are many.
    Optional<List<FailedRuns.FailedRun>> failedRuns(DesiredAirflow airflow, int port, Instant since)
            throws InterruptedException {
        Optional<JsonNode> answer = get(
                airflow,
                port,
                "/dags/~/dagRuns?state=failed&order_by=end_date&limit=" + PAGE + "&end_date_gte=" + since,
                "dag_runs");
        try {
            List<FailedRuns.FailedRun> failed = new ArrayList<>();
            if (answer.isPresent()) {
                for (JsonNode run : answer.get().get("dag_runs")) {
                    time(run, "end_date")
                            .map(end -> new FailedRuns.FailedRun(
                                    run.path("dag_id").asText(),
                                    run.path("dag_run_id").asText(),
                                    time(run, "start_date"),
                                    end))
                            .ifPresent(failed::add);
                }
            }
            return answer.map(_ -> failed);
        } catch (DateTimeException e) {
            LOG.warnf("Deployment %s: a run has no proper time: %s", airflow.id(), e.getMessage());
            return Optional.empty();
        }
    }

    /// What goes on, and what has ended since then.
    Optional<DagRuns.Activity> activity(DesiredAirflow airflow, int port, Instant since) throws InterruptedException {
        String runs = "/dags/~/dagRuns?limit=";
        Optional<JsonNode> going = get(
                airflow,
                port,
                runs + DagRuns.Activity.LAST_MAX + "&state=queued&state=running&order_by=-id",
                "dag_runs");
        Optional<JsonNode> succeeded = get(airflow, port, runs + "1&state=success&end_date_gte=" + since, "dag_runs");
        Optional<JsonNode> failed = get(airflow, port, runs + "1&state=failed&end_date_gte=" + since, "dag_runs");
        Optional<JsonNode> newest = get(
                airflow,
                port,
                runs + DagRuns.Activity.LAST_MAX + "&state=success&state=failed&order_by=-id",
                "dag_runs");
        if (going.isEmpty() || succeeded.isEmpty() || failed.isEmpty() || newest.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<DagRuns.Run> last = new ArrayList<>();
            for (JsonNode page : List.of(going.get(), newest.get())) {
                for (JsonNode run : page.get("dag_runs")) {
                    last.add(new DagRuns.Run(
                            run.path("dag_id").asText(),
                            run.path("state").asText(),
                            time(run, "start_date"),
                            run.path("bundle_version").asText("")));
                }
            }
            return Optional.of(new DagRuns.Activity(
                    total(going.get()),
                    total(succeeded.get()),
                    total(failed.get()),
                    last.stream().limit(DagRuns.Activity.LAST_MAX).toList()));
        } catch (DateTimeException e) {
            LOG.warnf("Deployment %s: a run has no proper time: %s", airflow.id(), e.getMessage());
            return Optional.empty();
        }
    }

    private static long total(JsonNode page) {
        return page.path("total_entries").asLong(page.get("dag_runs").size());
    }

    /// The DAGs that Airflow offers now; those whose file is gone or broken are not among them.
    Optional<List<ServedDag>> dags(DesiredAirflow airflow, int port) throws InterruptedException {
        List<ServedDag> dags = new ArrayList<>();
        for (int page = 0; page < PAGES_MAX; page++) {
            Optional<JsonNode> answer =
                    get(airflow, port, "/dags?order_by=dag_id&limit=" + PAGE + "&offset=" + page * PAGE, "dags");
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            JsonNode found = answer.get().get("dags");
            for (JsonNode dag : found) {
                dags.add(new ServedDag(
                        dag.path("dag_id").asText(),
                        dag.path("bundle_version").asText(""),
                        dag.path("fileloc").asText("")));
            }
            if (found.size() < PAGE) {
                return Optional.of(dags);
            }
        }
        return Optional.empty();
    }

    /// The last lives of a component that have not come to an end, newest first.
    Optional<List<Job>> goingJobs(DesiredAirflow airflow, int port, Component component) throws InterruptedException {
        Optional<JsonNode> answer = get(
                airflow,
                port,
                "/jobs?job_state=running&order_by=-start_date&limit=" + JOBS + "&job_type=" + component.jobType(),
                "jobs");
        try {
            List<Job> jobs = new ArrayList<>();
            if (answer.isPresent()) {
                for (JsonNode job : answer.get().get("jobs")) {
                    jobs.add(new Job(
                            time(job, "start_date").orElse(Instant.EPOCH),
                            time(job, "latest_heartbeat").orElse(Instant.EPOCH),
                            time(job, "end_date")));
                }
            }
            return answer.map(_ -> jobs);
        } catch (DateTimeException e) {
            LOG.warnf("Deployment %s: a job has no proper time: %s", airflow.id(), e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static Optional<Instant> time(JsonNode object, String member) {
        return object.path(member).isTextual()
                ? Optional.of(OffsetDateTime.parse(object.get(member).asText()).toInstant())
                : Optional.empty();
    }

    /// @param list the member without which it is not the answer to this question
    private Optional<JsonNode> get(DesiredAirflow airflow, int port, String path, String list)
            throws InterruptedException {
        String token = airflow.signing()
                .token(
                        "headgate",
                        Set.of(
                                DeploymentPermission.AIRFLOW_DAG_GET,
                                DeploymentPermission.AIRFLOW_DAG_RUN_GET,
                                DeploymentPermission.AIRFLOW_JOB_GET),
                        clock.instant(),
                        TOKEN_LIFE);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/" + airflow.namespace() + "/api/v2" + path))
                .header("Authorization", "Bearer " + token)
                .timeout(ANSWER_LIMIT)
                .build();
        try {
            HttpResponse<byte[]> response = client.send(
                    request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), BYTES_MAX));
            JsonNode answer = response.statusCode() == 200 ? JSON.readTree(response.body()) : JSON.missingNode();
            if (!answer.path(list).isArray()) {
                LOG.debugf("Deployment %s: %s answered %d", airflow.id(), path, response.statusCode());
                return Optional.empty();
            }
            return Optional.of(answer);
        } catch (IOException e) {
            LOG.debugf("Deployment %s: %s: %s", airflow.id(), path, e.getMessage());
            return Optional.empty();
        }
    }
}
