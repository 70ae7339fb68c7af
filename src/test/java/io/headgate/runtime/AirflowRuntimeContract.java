package io.headgate.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.host.Wait;
import io.headgate.testing.AirflowClient;
import io.headgate.testing.TestAirflow;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// What every driver must do with a real Airflow. One Deployment goes through its life, for a start takes ten seconds.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class AirflowRuntimeContract {
    /// A busy machine that installs Airflow first.
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static final Duration HEAL_LIMIT = Duration.ofMinutes(2);

    protected final DesiredAirflow desired = TestAirflow.desired(7001);
    private final List<Observation> seen = new CopyOnWriteArrayList<>();
    private @Nullable AirflowRuntime runtime;

    /// Another instance over the same place, as after a death of Headgate.
    protected abstract AirflowRuntime anotherInstance();

    /// Ends one component at once, without asking it: `api-server` or `scheduler`.
    protected abstract void kill(String component);

    /// Names of the components and what identifies each as this one and no other.
    protected abstract Set<String> identities();

    /// What that component has started.
    protected abstract Set<String> startedBy(String component);

    /// Everything that runs for the Deployment, components and what they started.
    protected abstract Set<String> everythingRunning();

    @BeforeAll
    void start() {
        runtime = anotherInstance();
    }

    @AfterAll
    void stop() throws InterruptedException {
        runtime().stopAll();
    }

    @Test
    @Order(1)
    void aDesiredDeploymentBecomesHealthyAndSaysWhatItIsDoing() throws Exception {
        assertThat(runtime().hasCreated(desired.id())).isFalse();

        Observation healthy = converge(START_LIMIT);

        assertThat(seen).first().extracting(Observation::status).isEqualTo(DeploymentStatus.CREATING);
        assertThat(seen)
                .allSatisfy(observation ->
                        assertThat(observation.status()).isIn(DeploymentStatus.CREATING, DeploymentStatus.HEALTHY));
        assertThat(seen.stream().filter(o -> o.status() == DeploymentStatus.CREATING))
                .allSatisfy(observation -> assertThat(observation.reason()).isNotBlank());
        assertThat(healthy.upstream()).isPresent();
        assertThat(runtime().hasCreated(desired.id())).isTrue();
        assertThat(identities()).hasSize(4);
    }

    @Test
    @Order(2)
    void itServesTheFirstBundleToWhomTheGatewaySigns() throws Exception {
        try (AirflowClient client = client("deployment.airflow.dag.get");
                AirflowClient stranger = client()) {
            AtomicReference<String> dags = new AtomicReference<>("");
            boolean there = Wait.until(Duration.ofSeconds(60), () -> {
                dags.set(body(client, "/dags"));
                return dags.get().contains("\"hello_headgate\"");
            });

            assertThat(there).as(dags.get()).isTrue();
            assertThat(dags.get()).contains("\"is_paused\":false").contains("\"bundle_version\":\"first\"");
            assertThat(stranger.get("/dags").statusCode()).isEqualTo(403);
        }
    }

    @Test
    @Order(3)
    void aTaskRuns() throws Exception {
        try (AirflowClient client = client("deployment.airflow.dagRun.get", "deployment.airflow.dagRun.create")) {
            HttpResponse<String> created = client.post("/dags/hello_headgate/dagRuns", "{\"logical_date\":null}");
            assertThat(created.statusCode()).as(created.body()).isEqualTo(200);

            AtomicReference<String> runs = new AtomicReference<>("");
            boolean done = Wait.until(HEAL_LIMIT, () -> {
                runs.set(body(client, "/dags/hello_headgate/dagRuns"));
                return runs.get().contains("\"state\":\"success\"");
            });
            assertThat(done).as(runs.get()).isTrue();
        }
    }

    @Test
    @Order(4)
    void aKilledSchedulerIsReplacedAndItsWorkersAreEnded() throws Exception {
        Set<String> before = identities();
        Set<String> workers = startedBy("scheduler");

        kill("scheduler");
        assertThat(common(everythingRunning(), workers))
                .as("control: its workers outlive it")
                .isNotEmpty();
        untilNotHealthy();
        converge(HEAL_LIMIT);

        assertThat(common(everythingRunning(), workers)).isEmpty();
        assertThat(identities()).hasSize(4);
        assertThat(common(before, identities())).hasSize(3);
    }

    @Test
    @Order(5)
    void aKilledApiServerIsReplaced() throws Exception {
        Set<String> before = identities();

        kill("api-server");
        Observation down = untilNotHealthy();
        assertThat(down.upstream()).isEmpty();
        Observation healthy = converge(HEAL_LIMIT);

        assertThat(healthy.upstream()).isPresent();
        assertThat(common(before, identities())).hasSize(3);
    }

    @Test
    @Order(6)
    void anotherInstanceTakesOverWhatRuns() throws Exception {
        Set<String> before = identities();

        runtime = anotherInstance();
        runtime().sweep(Set.of(desired.id()));
        converge(HEAL_LIMIT);

        assertThat(identities()).isEqualTo(before);
    }

    @Test
    @Order(7)
    void aCleanStopLeavesNothingRunningAndTheNextStartGoesOn() throws Exception {
        assertThat(everythingRunning()).as("control").isNotEmpty();

        runtime().stopAll();

        assertThat(everythingRunning()).isEmpty();
        runtime = anotherInstance();
        seen.clear();
        converge(HEAL_LIMIT);
        assertThat(seen).first().extracting(Observation::status).isEqualTo(DeploymentStatus.DEPLOYING);
        try (AirflowClient client = client("deployment.airflow.dagRun.get")) {
            assertThat(body(client, "/dags/hello_headgate/dagRuns")).contains("\"state\":\"success\"");
        }
    }

    @Test
    @Order(8)
    void anUnknownDeploymentIsSweptAway() throws Exception {
        runtime().sweep(Set.of(desired.id()));
        assertThat(everythingRunning()).as("control: a known one stays").isNotEmpty();

        anotherInstance().sweep(Set.of());

        assertThat(everythingRunning()).isEmpty();
        converge(HEAL_LIMIT);
    }

    @Test
    @Order(9)
    void aRetiredDeploymentLeavesNothingBehind() throws Exception {
        assertThat(everythingRunning()).as("control").isNotEmpty();

        runtime().retire(desired);

        assertThat(everythingRunning()).isEmpty();
        runtime().retire(desired);
    }

    protected final AirflowRuntime runtime() {
        return Objects.requireNonNull(runtime);
    }

    private Observation converge(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Observation observation = runtime().converge(desired, seen::add);
            seen.add(observation);
            if (observation.status() == DeploymentStatus.HEALTHY) {
                return observation;
            }
            assertThat(System.nanoTime()).as(observation.toString()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private Observation untilNotHealthy() throws InterruptedException {
        Observation observation = runtime().converge(desired, seen::add);
        assertThat(observation.status()).isNotEqualTo(DeploymentStatus.HEALTHY);
        return observation;
    }

    private AirflowClient client(String... permissions) throws InterruptedException {
        Observation now = converge(HEAL_LIMIT);
        return new AirflowClient(desired, now.upstream().orElseThrow(), List.of(permissions));
    }

    private static String body(AirflowClient client, String path) {
        try {
            return client.get(path).body();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    private static Set<String> common(Set<String> left, Set<String> right) {
        Set<String> common = new HashSet<>(left);
        common.retainAll(right);
        return common;
    }
}
