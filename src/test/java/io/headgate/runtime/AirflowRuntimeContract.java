package io.headgate.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.host.Wait;
import io.headgate.testing.AirflowClient;
import io.headgate.testing.TestAirflow;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
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
public abstract class AirflowRuntimeContract extends RuntimeUnderTest {
    private static final Logger LOG = Logger.getLogger(AirflowRuntimeContract.class);
    private static final BundleVersion ONE = new BundleVersion("2026-01-02T03:04:05.0000001Z");
    private static final BundleVersion TWO = new BundleVersion("2026-01-02T03:04:05.0000002Z");
    private static final int SWITCHES = 12;

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
    void deliveredCodeGoesLiveAndLeavesNothingOfTheOld() throws Exception {
        deliver(ONE, gate("one"));
        Set<String> before = identities();

        Observation healthy = change(ONE, "old");

        assertThat(healthy.live()).contains(ONE);
        assertThat(common(before, identities()))
                .as("the variable needs other processes")
                .isEmpty();
        assertThat(dags()).contains(GATE).doesNotContain("hello_headgate");
    }

    @Test
    @Order(8)
    void whatChangesNoEnvironmentRestartsNothingAndWhatAirflowRefusesTouchesNothing() throws Exception {
        Set<String> before = identities();
        change(ONE, "old");
        assertThat(identities()).isEqualTo(before);
        DesiredAirflow good = desired;

        desired = TestAirflow.changed(
                good, good.code(), List.of(TestAirflow.variable("AIRFLOW__LOGGING__LOGGING_LEVEL", "NONSENSE", false)));
        Observation refused = runtime().converge(desired, seen::add);

        assertThat(refused.status()).isEqualTo(DeploymentStatus.UNHEALTHY);
        assertThat(refused.reason()).contains("Airflow does not accept its configuration");
        assertThat(refused.upstream()).as("it goes on serving").isPresent();
        assertThat(identities()).isEqualTo(before);
        change(ONE, "old");
        assertThat(identities()).isEqualTo(before);
    }

    /// The task outlives the half minute after which Airflow takes a silent scheduler for dead (D24).
    @Test
    @Order(9)
    void aRunningTaskKeepsItsVariablesTheNextHasTheNewOnesAndNoRequestFails() throws Exception {
        Set<String> before = identities();
        String old = trigger();
        await("its task waits", () -> state(old).contains("\"running\""));
        try (Prober prober = new Prober(desired, upstream)) {
            Instant saved = Instant.now();
            change(ONE, "new");
            Instant done = Instant.now();
            report(
                    "a variable change took %d ms until HEALTHY; %d processes now",
                    saved, done, everythingRunning().size());
            assertThat(common(before, identities())).isEmpty();
            assertThat(common(before, outgoing()))
                    .as("the old scheduler and its api-server stay")
                    .anyMatch(name -> name.startsWith("scheduler"))
                    .anyMatch(name -> name.startsWith("api-server"));

            String next = trigger();
            letPass(next);
            await("the next run", () -> state(next).contains("\"success\""));
            assertThat(said(next)).contains("one one new");
            assertThat(Wait.until(Duration.between(Instant.now(), done.plusSeconds(80)), () -> {
                        pass();
                        return !state(old).contains("\"running\"");
                    }))
                    .as("the old task is left alone")
                    .isFalse();
            letPass(old);
            await("the old run", () -> state(old).contains("\"success\""));
            assertThat(said(old)).contains("one one old");
            assertThat(tries(old)).contains("\"try_number\":1").doesNotContain("\"try_number\":2");
            await("the old ones are gone", () -> {
                pass();
                return outgoing().isEmpty();
            });
            assertThat(prober.answered()).as("control").isGreaterThan(100);
            assertThat(prober.failures()).isEmpty();
        }
        assertThat(identities()).hasSize(4);
    }

    @Test
    @Order(10)
    void anotherInstanceGoesOnWithAHandOver() throws Exception {
        String old = trigger();
        await("its task waits", () -> state(old).contains("\"running\""));
        desired =
                TestAirflow.changed(desired, desired.code(), List.of(TestAirflow.variable("GREETING", "newer", true)));
        await("two generations", () -> {
            pass();
            return !outgoing().isEmpty() && !identities().isEmpty();
        });
        Set<String> begun = identities();

        runtime = anotherInstance();
        converge(HEAL_LIMIT);

        assertThat(identities()).hasSize(4).containsAll(begun);
        assertThat(outgoing()).as("the old scheduler still has its task").isNotEmpty();
        runtime = anotherInstance();
        letPass(old);
        await("the old run", () -> state(old).contains("\"success\""));
        assertThat(said(old)).contains("one one new");
        await("the old ones are gone", () -> {
            pass();
            return outgoing().isEmpty();
        });
        assertThat(identities()).hasSize(4);
    }

    @Test
    @Order(11)
    void aRunEndsWithTheCodeItBeganWith() throws Exception {
        deliver(TWO, gate("two"));
        String old = trigger();
        await("its task waits", () -> state(old).contains("\"running\""));
        Set<String> before = identities();

        Observation healthy = change(TWO, "newer");

        assertThat(healthy.live()).contains(TWO);
        assertThat(identities()).as("code needs no other processes").isEqualTo(before);
        String next = trigger();
        letPass(next);
        letPass(old);
        await(
                "both runs",
                () -> state(old).contains("\"success\"") && state(next).contains("\"success\""));
        assertThat(said(old)).contains("one one newer");
        assertThat(said(next)).contains("two two newer");
    }

    @Test
    @Order(12)
    void everySwitchIsLiveWithinSeconds() throws Exception {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < SWITCHES; i++) {
            long start = System.nanoTime();
            BundleVersion version = i % 2 == 0 ? ONE : TWO;
            assertThat(change(version, "newer").live()).contains(version);
            took.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
        took.sort(null);
        LOG.infof("code was live after %s ms, median %d", took, took.get(SWITCHES / 2));
        assertThat(took.getLast()).isLessThan(30_000);
    }

    @Test
    @Order(17)
    void aCleanStopLeavesNothingRunningAndTheNextStartGoesOn() throws Exception {
        assertThat(everythingRunning()).as("control").isNotEmpty();

        runtime().stopAll();

        assertThat(everythingRunning()).isEmpty();
        runtime = anotherInstance();
        seen.clear();
        converge(HEAL_LIMIT);
        assertThat(seen).first().extracting(Observation::status).isEqualTo(DeploymentStatus.DEPLOYING);
        try (AirflowClient client = client("deployment.airflow.dagRun.get")) {
            assertThat(body(client, "/dags/" + GATE + "/dagRuns")).contains("\"state\":\"success\"");
        }
    }

    @Test
    @Order(18)
    void anUnknownDeploymentIsSweptAway() throws Exception {
        runtime().sweep(Set.of(desired.id()));
        assertThat(everythingRunning()).as("control: a known one stays").isNotEmpty();

        anotherInstance().sweep(Set.of());

        assertThat(everythingRunning()).isEmpty();
        converge(HEAL_LIMIT);
    }

    @Test
    @Order(19)
    void aRetiredDeploymentLeavesNothingBehind() throws Exception {
        assertThat(everythingRunning()).as("control").isNotEmpty();

        runtime().retire(desired);

        assertThat(everythingRunning()).isEmpty();
        runtime().retire(desired);
    }
}
