package io.headgate.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.testing.Eventually;
import io.headgate.testing.TestAirflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReconcilerTest {
    private static final Pace FAST = new Pace(
            Duration.ofMillis(5),
            Duration.ofMillis(5),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(40));

    /// Nothing happens in it by itself.
    private static final Pace ONLY_SIGNALS = new Pace(
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1));

    private final ScriptedRuntime runtime = new ScriptedRuntime();
    private final DesiredInMemory desired = new DesiredInMemory();
    private final DesiredAirflow one = TestAirflow.desired(1);
    private final DesiredAirflow two = TestAirflow.desired(2);
    private Reconciler reconciler = new Reconciler(runtime, desired, FAST);

    @AfterEach
    void stop() throws InterruptedException {
        reconciler.stop();
    }

    @Test
    void everyDeploymentIsConvergedAgainAndAgainAndToldOnlyOnChange() throws Exception {
        desired.present.add(one);
        desired.present.add(two);
        reconciler.start();

        Eventually.holds(
                "many passes", () -> runtime.count("converge test 1") > 5 && runtime.count("converge test 2") > 5);

        assertThat(desired.told).containsExactlyInAnyOrder("test 1 HEALTHY", "test 2 HEALTHY");
        assertThat(runtime.calls.getFirst()).isEqualTo("sweep all but 2");
        assertThat(runtime.count("sweep all but 2")).isOne();
    }

    @Test
    void aSignalIsEnough() throws Exception {
        reconciler = new Reconciler(runtime, desired, ONLY_SIGNALS);
        reconciler.start();
        Eventually.holds("it is waiting", () -> runtime.calls.contains("sweep all but 0"));
        desired.present.add(one);

        reconciler.wake();
        Eventually.holds("told", () -> desired.told.contains("test 1 HEALTHY"));
        reconciler.wake();

        Eventually.holds("whoever signals is told again", () -> desired.told.size() == 2);
    }

    @Test
    void theSameIsToldAgainOfTheNextRevision() throws Exception {
        desired.present.add(one);
        reconciler.start();
        Eventually.holds("told", () -> desired.told.equals(List.of("test 1 HEALTHY")));
        long before = runtime.count("converge test 1");
        Eventually.holds("looked at again", () -> runtime.count("converge test 1") > before + 5);
        assertThat(desired.told).as("control: of the same revision it is not").hasSize(1);

        desired.present.set(0, TestAirflow.changed(one, Optional.empty(), List.of()));

        Eventually.holds("told of both", () -> desired.told.equals(List.of("test 1 HEALTHY", "test 1 HEALTHY")));
        assertThat(desired.revisionsTold).containsExactly(0L, 1L);
    }

    @Test
    void whatWasSeenOfAnEarlierRevisionDoesNotCountAsToldOfTheNext() throws Exception {
        reconciler = new Reconciler(runtime, desired, ONLY_SIGNALS);
        CountDownLatch mayEnd = new CountDownLatch(1);
        runtime.passes.put(one.id(), (airflow, progress) -> {
            if (airflow.revision() == 0) {
                mayEnd.await();
            }
            return Observation.healthy(ScriptedRuntime.UPSTREAM);
        });
        desired.present.add(one);
        reconciler.start();
        Eventually.holds("it is in the middle of a look", () -> runtime.count("converge test 1") == 1);
        DesiredAirflow next = TestAirflow.changed(one, Optional.empty(), List.of());
        desired.present.set(0, next);
        reconciler.wake();
        Eventually.holds("the change has been read", () -> desired.readings.get() > 1);

        mayEnd.countDown();

        Eventually.holds("told of both", () -> desired.revisionsTold.equals(List.of(0L, 1L)));
    }

    @Test
    void whatIsSoonOverIsLookedAtAgainAtOnce() throws Exception {
        reconciler = new Reconciler(
                runtime,
                desired,
                new Pace(
                        Duration.ofMillis(1),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofHours(1)));
        AtomicInteger passes = new AtomicInteger();
        runtime.passes.put(
                one.id(),
                (airflow, progress) -> passes.incrementAndGet() < 5
                        ? ScriptedRuntime.seen(DeploymentStatus.DEPLOYING, "activating")
                                .inPassing()
                        : ScriptedRuntime.seen(DeploymentStatus.DEPLOYING, "slowly"));
        desired.present.add(one);
        reconciler.start();

        Eventually.holds("the slow one", () -> desired.told.contains("test 1 DEPLOYING slowly"));

        assertThat(desired.told).hasSize(2);
        assertThat(passes).hasValue(5);
    }

    @Test
    void aLostSignalOnlyCostsTime() throws Exception {
        reconciler.start();
        Eventually.holds("it runs", () -> !runtime.calls.isEmpty());

        desired.present.add(one);

        Eventually.holds("found without a signal", () -> desired.told.contains("test 1 HEALTHY"));
    }

    @Test
    void progressAndFailuresAreToldAndOutlived() throws Exception {
        AtomicInteger passes = new AtomicInteger();
        runtime.passes.put(one.id(), (airflow, progress) -> switch (passes.incrementAndGet()) {
            case 1 -> {
                progress.accept(ScriptedRuntime.seen(DeploymentStatus.CREATING, "installing"));
                yield Observation.healthy(ScriptedRuntime.UPSTREAM);
            }
            case 2 -> throw new IllegalStateException("boom");
            default -> Observation.healthy(ScriptedRuntime.UPSTREAM);
        });
        desired.present.add(one);
        reconciler.start();

        Eventually.holds("four sentences", () -> desired.told.size() == 4);

        assertThat(desired.told)
                .containsExactly(
                        "test 1 CREATING installing",
                        "test 1 HEALTHY",
                        "test 1 UNKNOWN its state cannot be determined: boom",
                        "test 1 HEALTHY");
    }

    @Test
    void whileTheDatabaseIsAwaySupervisionGoesOn() throws Exception {
        AtomicBoolean ill = new AtomicBoolean();
        runtime.passes.put(
                one.id(),
                (airflow, progress) -> ill.get()
                        ? ScriptedRuntime.seen(DeploymentStatus.UNHEALTHY, "ill")
                        : Observation.healthy(ScriptedRuntime.UPSTREAM));
        desired.present.add(one);
        reconciler.start();
        Eventually.holds("healthy", () -> desired.told.contains("test 1 HEALTHY"));

        desired.away = true;
        ill.set(true);
        long before = runtime.count("converge test 1");
        Eventually.holds("still converging", () -> runtime.count("converge test 1") > before + 5);
        assertThat(desired.told).as("control: it could not be told").hasSize(1);
        desired.away = false;

        Eventually.holds("told afterwards", () -> desired.told.contains("test 1 UNHEALTHY ill"));
    }

    @Test
    void itStartsThoughTheDatabaseIsAway() throws Exception {
        desired.away = true;
        desired.present.add(one);
        reconciler.start();

        desired.away = false;

        Eventually.holds("healthy", () -> desired.told.contains("test 1 HEALTHY"));
    }

    @Test
    void deploymentsStartOneAfterTheOtherWithoutHoldingUpTheRunning() throws Exception {
        DesiredAirflow running = TestAirflow.desired(3);
        desired.present.add(running);
        reconciler.start();
        Eventually.holds("one runs", () -> desired.told.contains("test 3 HEALTHY"));
        CountDownLatch mayEnd = new CountDownLatch(1);
        runtime.passes.put(one.id(), (airflow, progress) -> {
            mayEnd.await();
            return Observation.healthy(ScriptedRuntime.UPSTREAM);
        });
        desired.present.add(one);
        reconciler.wake();
        Eventually.holds("the first starts", () -> runtime.count("converge test 1") == 1);

        desired.present.add(two);
        reconciler.wake();
        Eventually.holds(
                "the second says that it waits",
                () -> desired.told.contains("test 2 CREATING waiting until another Deployment has started"));
        long before = runtime.count("converge test 3");
        Eventually.holds("the running one is looked after", () -> runtime.count("converge test 3") > before + 5);
        assertThat(runtime.count("converge test 2")).isZero();
        mayEnd.countDown();

        Eventually.holds("the second follows", () -> desired.told.contains("test 2 HEALTHY"));
    }

    @Test
    void aStartThatFailsLetsTheNextOneStart() throws Exception {
        runtime.passes.put(one.id(), (airflow, progress) -> ScriptedRuntime.seen(DeploymentStatus.UNHEALTHY, "no"));
        desired.present.add(one);
        desired.present.add(two);
        reconciler.start();

        Eventually.holds("the second runs", () -> desired.told.contains("test 2 HEALTHY"));
    }

    @Test
    void aDeletedDeploymentIsBrokenOffAndRetiredOnce() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        runtime.passes.put(one.id(), (airflow, progress) -> {
            never.await();
            return Observation.healthy(ScriptedRuntime.UPSTREAM);
        });
        desired.present.add(one);
        reconciler.start();
        Eventually.holds("it is in the middle of its start", () -> runtime.count("converge test 1") == 1);

        desired.present.remove(one);
        desired.toRetire.add(one);
        reconciler.wake();

        Eventually.holds("retired", () -> desired.toRetire.isEmpty());
        assertThat(runtime.count("retire test 1")).isOne();
        desired.present.add(two);
        Eventually.holds("its permit to start is free again", () -> desired.told.contains("test 2 HEALTHY"));
    }

    @Test
    void stoppingBreaksOffAndThenStopsWhatRuns() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean brokenOff = new AtomicBoolean();
        runtime.passes.put(one.id(), (airflow, progress) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                brokenOff.set(true);
                throw e;
            }
            return Observation.healthy(ScriptedRuntime.UPSTREAM);
        });
        desired.present.add(one);
        reconciler.start();
        Eventually.holds("it is in the middle of it", () -> runtime.count("converge test 1") == 1);

        reconciler.stop();

        assertThat(brokenOff).isTrue();
        assertThat(runtime.calls.getLast()).isEqualTo("stopAll");
        assertThat(runtime.count("converge test 1")).isOne();
    }
}
