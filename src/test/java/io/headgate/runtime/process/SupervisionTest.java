package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deployment.DeploymentStatus;
import io.headgate.host.ProcessIdentity;
import io.headgate.runtime.Observation;
import io.headgate.testing.TestingClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Health is computed from what we know and from heartbeats, because Airflow's own verdict lies (P23).
final class SupervisionTest {
    private static final InetSocketAddress UPSTREAM = HealthProbe.address(20_001);
    private static final AirflowHealth SILENT = new AirflowHealth.Silent("does not accept connections yet");

    @TempDir
    Path root;

    private final TestingClock clock = new TestingClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final Map<Component, ComponentRecord> alive = new EnumMap<>(Component.class);
    private Supervision supervision;

    @BeforeEach
    void allStarted() throws IOException {
        Files.createDirectories(root.resolve("run"));
        supervision = new Supervision(new DeploymentFolder(root), clock);
        for (Component component : Component.values()) {
            start(component);
        }
        clock.advance(Duration.ofSeconds(10));
    }

    @Test
    void itIsCreatingUntilItIsHealthyForTheFirstTime() {
        Observation before = supervision.judge(alive, SILENT, UPSTREAM);
        Observation after = supervision.judge(alive, beating(), UPSTREAM);

        assertThat(before.status()).isEqualTo(DeploymentStatus.CREATING);
        assertThat(before.reason()).isEqualTo("api-server does not accept connections yet");
        assertThat(before.upstream()).isEmpty();
        assertThat(after).isEqualTo(Observation.healthy(UPSTREAM));
    }

    @Test
    void aHeartbeatFromBeforeTheStartDoesNotCount() {
        Map<Component, Instant> beats = beats();
        beats.put(Component.SCHEDULER, clock.instant().minusSeconds(11));

        Observation seen = supervision.judge(alive, new AirflowHealth.Answering(true, beats), UPSTREAM);

        assertThat(seen.status()).isEqualTo(DeploymentStatus.CREATING);
        assertThat(seen.reason()).isEqualTo("scheduler has not reported yet");
        assertThat(seen.upstream()).contains(UPSTREAM);
    }

    @Test
    void oneDeathIsDeployingAndASecondIsUnhealthy() {
        supervision.judge(alive, beating(), UPSTREAM);

        die(Component.SCHEDULER);
        Observation first = supervision.judge(alive, beating(), UPSTREAM);
        start(Component.SCHEDULER);
        clock.advance(Duration.ofSeconds(5));
        assertThat(supervision.judge(alive, beating(), UPSTREAM).status()).isEqualTo(DeploymentStatus.HEALTHY);
        die(Component.SCHEDULER);
        Observation second = supervision.judge(alive, beating(), UPSTREAM);

        assertThat(first.status()).isEqualTo(DeploymentStatus.DEPLOYING);
        assertThat(first.reason()).isEqualTo("scheduler was killed by signal 9; restarting");
        assertThat(second.status()).isEqualTo(DeploymentStatus.UNHEALTHY);
        assertThat(second.reason())
                .isEqualTo("scheduler was killed by signal 9; restarting (2nd time),"
                        + " see logs/components/scheduler.log");
        assertThat(second.upstream()).contains(UPSTREAM);
    }

    @Test
    void aDeadComponentWaitsForItsBackOff() {
        die(Component.SCHEDULER);

        assertThat(supervision.mayStartAt(Component.SCHEDULER))
                .isEqualTo(clock.instant().plusSeconds(1));
        assertThat(supervision.mayStartAt(Component.TRIGGERER)).isEqualTo(Instant.EPOCH);
    }

    @Test
    void aMissedLookIsForgivenThreeAreNot() {
        supervision.judge(alive, beating(), UPSTREAM);

        assertThat(supervision.judge(alive, SILENT, UPSTREAM).status()).isEqualTo(DeploymentStatus.HEALTHY);
        assertThat(supervision.judge(alive, SILENT, UPSTREAM).status()).isEqualTo(DeploymentStatus.HEALTHY);
        assertThat(supervision.judge(alive, SILENT, UPSTREAM).status()).isEqualTo(DeploymentStatus.UNHEALTHY);
    }

    @Test
    void whatNeverComesUpIsUnhealthyAfterThreeMinutes() {
        clock.advance(Duration.ofMinutes(3));

        assertThat(supervision.judge(alive, SILENT, UPSTREAM).status()).isEqualTo(DeploymentStatus.UNHEALTHY);
    }

    @Test
    void aComponentThatFallsSilentIsNamed() {
        supervision.judge(alive, beating(), UPSTREAM);
        AirflowHealth old = beating();
        clock.advance(Duration.ofSeconds(61));
        supervision.judge(alive, old, UPSTREAM);
        supervision.judge(alive, old, UPSTREAM);

        Observation seen = supervision.judge(alive, old, UPSTREAM);

        assertThat(seen.status()).isEqualTo(DeploymentStatus.UNHEALTHY);
        assertThat(seen.reason()).contains("triggerer has not reported since 2026-01-02T03:04:15Z");
    }

    private void start(Component component) {
        alive.put(component, new ComponentRecord(new ProcessIdentity(1, 2, 3), "hash", 20_001, clock.instant()));
        supervision.started(component);
    }

    private void die(Component component) {
        ComponentRecord record = Objects.requireNonNull(alive.remove(component));
        supervision.died(List.of(new EndedComponent(component, record, "was killed by signal 9")));
    }

    private AirflowHealth beating() {
        return new AirflowHealth.Answering(true, beats());
    }

    private Map<Component, Instant> beats() {
        Map<Component, Instant> beats = new EnumMap<>(Component.class);
        for (Component component : List.of(Component.SCHEDULER, Component.DAG_PROCESSOR, Component.TRIGGERER)) {
            beats.put(component, clock.instant());
        }
        return beats;
    }
}
