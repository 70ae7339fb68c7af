package io.headgate.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.DeploymentPermission;
import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.DesiredCode;
import io.headgate.host.Wait;
import io.headgate.testing.AirflowClient;
import io.headgate.testing.TestAirflow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A real Airflow under a driver, and the ways of a test with it: changes, runs, questions.
abstract class RuntimeUnderTest {
    /// A busy machine that installs Airflow first.
    protected static final Duration START_LIMIT = Duration.ofMinutes(5);

    protected static final Duration HEAL_LIMIT = Duration.ofMinutes(2);

    private static final Logger LOG = Logger.getLogger(RuntimeUnderTest.class);

    /// The name of a DAG with one task, which waits until it is let pass and then says what it is made of.
    protected static final String GATE = "gate";

    private static final String DAG = """
            import os
            import time

            from airflow.sdk import dag, task


            @dag(schedule=None)
            def gate():
                @task
                def say(**context):
                    before = "$VERSION"
                    ticket = os.path.join(os.environ["HOME"], "pass-" + context["run_id"])
                    while not os.path.exists(ticket):
                        time.sleep(0.1)
                    from gate_words import WORD

                    return f"{before} {WORD} {os.environ['GREETING']}"

                say()


            gate()
            """;

    /// As last changed.
    protected DesiredAirflow desired = TestAirflow.desired(7001);

    protected final List<Observation> seen = new CopyOnWriteArrayList<>();
    protected final AtomicReference<InetSocketAddress> upstream = new AtomicReference<>();
    private final AtomicInteger runs = new AtomicInteger();
    protected @Nullable AirflowRuntime runtime;

    /// Another instance over the same place, as after a death of Headgate.
    protected abstract AirflowRuntime anotherInstance();

    /// Ends one component at once, without asking it: `api-server` or `scheduler`.
    protected abstract void kill(String component);

    /// Names of the components and what identifies each as this one and no other.
    protected abstract Set<String> identities();

    /// The components of earlier generations that still run, identified like those above.
    protected abstract Set<String> outgoing();

    /// What that component has started.
    protected abstract Set<String> startedBy(String component);

    /// Everything that runs for the Deployment, components and what they started.
    protected abstract Set<String> everythingRunning();

    /// Puts the files of a version of the code, by path, where the driver expects them.
    protected abstract void deliver(BundleVersion version, Map<String, String> files);

    /// Lets the task of {@link #GATE} that runs in that run of it go on.
    protected abstract void letPass(String run);

    protected final AirflowRuntime runtime() {
        return Objects.requireNonNull(runtime);
    }

    protected Observation converge(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Observation observation = pass();
            if (observation.status() == DeploymentStatus.HEALTHY) {
                return observation;
            }
            assertThat(System.nanoTime()).as(observation.toString()).isLessThan(deadline);
            LockSupport.parkNanos(
                    Duration.ofMillis(observation.passing() ? 120 : 200).toNanos());
        }
    }

    protected Observation pass() {
        try {
            Observation observation = runtime().converge(desired, this::saw);
            saw(observation);
            return observation;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void saw(Observation observation) {
        seen.add(observation);
        observation.upstream().ifPresent(upstream::set);
    }

    /// To another variable and version; comes back when that is so.
    protected Observation change(BundleVersion version, String greeting) throws InterruptedException {
        desired = TestAirflow.changed(
                desired,
                Optional.of(new DesiredCode(version, List.of(GATE), Optional.empty())),
                List.of(TestAirflow.variable("GREETING", greeting, true)));
        return converge(HEAL_LIMIT);
    }

    protected static Map<String, String> gate(String version) {
        return Map.of(
                "dags/gate.py", DAG.replace("$VERSION", version), "dags/gate_words.py", "WORD = '" + version + "'");
    }

    protected String trigger() throws IOException, InterruptedException {
        String run = "run-" + runs.incrementAndGet();
        try (AirflowClient client = everything()) {
            HttpResponse<String> created =
                    client.post("/dags/" + GATE + "/dagRuns", "{\"logical_date\":null,\"dag_run_id\":\"" + run + "\"}");
            assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
        }
        return run;
    }

    protected String state(String run) {
        return ask("/dags/" + GATE + "/dagRuns/" + run + "/taskInstances");
    }

    protected String said(String run) {
        return ask("/dags/" + GATE + "/dagRuns/" + run + "/taskInstances/say/xcomEntries/return_value");
    }

    protected String tries(String run) {
        return ask("/dags/" + GATE + "/dagRuns/" + run + "/taskInstances/say/tries");
    }

    protected String dags() {
        return ask("/dags");
    }

    private String ask(String path) {
        try (AirflowClient client = everything()) {
            return body(client, path);
        }
    }

    private AirflowClient everything() {
        return new AirflowClient(
                desired,
                Objects.requireNonNull(upstream.get()),
                Stream.of(DeploymentPermission.values())
                        .map(DeploymentPermission::wireName)
                        .toList());
    }

    protected static void await(String what, BooleanSupplier condition) throws InterruptedException {
        assertThat(Wait.until(HEAL_LIMIT, condition)).as(what).isTrue();
    }

    protected static void report(String words, Instant from, Instant to, int processes) {
        LOG.infof(words, Duration.between(from, to).toMillis(), processes);
    }

    protected Observation untilNotHealthy() throws InterruptedException {
        Observation observation = runtime().converge(desired, seen::add);
        assertThat(observation.status()).isNotEqualTo(DeploymentStatus.HEALTHY);
        return observation;
    }

    protected AirflowClient client(String... permissions) throws InterruptedException {
        Observation now = converge(HEAL_LIMIT);
        return new AirflowClient(desired, now.upstream().orElseThrow(), List.of(permissions));
    }

    protected static String body(AirflowClient client, String path) {
        try {
            return client.get(path).body();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    protected static Set<String> common(Set<String> left, Set<String> right) {
        Set<String> common = new HashSet<>(left);
        common.retainAll(right);
        return common;
    }
}
