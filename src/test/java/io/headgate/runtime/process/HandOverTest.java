package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.host.FileTree;
import io.headgate.host.ProcessIdentity;
import io.headgate.host.RunAs;
import io.headgate.host.Signal;
import io.headgate.testing.Eventually;
import io.headgate.testing.TestAirflow;
import io.headgate.testing.TestingClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who may start and who must stop while one generation takes over from another; tried with shells and a server that
/// answers like Airflow.
final class HandOverTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final AirflowHealth SILENT = new AirflowHealth.Silent("does not accept connections yet");
    private static final AirflowHealth ANSWERING = new AirflowHealth.Answering(true, Map.of());
    private static final int OLD_PORT = 20_001;
    private static final int NEW_PORT = 20_002;

    /// Not of the range that Deployments get, so that no other test's sweep comes by.
    private final RunAs user = RunAs.weAreRoot() ? new RunAs.UserId(59_002) : new RunAs.Ourselves();

    private final Marker marker =
            new Marker(new Instance("hand-over-" + ProcessHandle.current().pid()), TestAirflow.id(1));
    private final DesiredAirflow desired = TestAirflow.desired(1);
    private final TestingClock clock = new TestingClock(START);
    private final AirflowApi api = new AirflowApi(clock);
    private final HealthProbe probe = new HealthProbe();
    private final Map<String, String> jobs = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final int airflow;

    private Path root = Path.of("/nowhere");
    private DeploymentFolder folder = new DeploymentFolder(root);
    private DeploymentProcesses processes = new DeploymentProcesses(marker, user, folder, clock, List::of);
    private HandOver handOver = handOver();

    HandOverTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        airflow = server.getAddress().getPort();
    }

    @BeforeEach
    void anOldGeneration() throws IOException {
        root = Files.createTempDirectory("headgate-test-hand-over-");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        folder = new DeploymentFolder(root.resolve("deployments/one"));
        folder.prepare(user);
        processes = new DeploymentProcesses(marker, user, folder, clock, List::of);
        handOver = handOver();
        server.createContext("/", exchange -> {
            String question = exchange.getRequestURI().toString();
            String type = question.substring(question.lastIndexOf('=') + 1);
            byte[] bytes = ("{\"jobs\":[" + jobs.getOrDefault(type, "") + "]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        for (Component component : Component.values()) {
            start(component, "sleep 600", OLD_PORT);
        }
    }

    @AfterEach
    void nothingStays() throws Exception {
        processes.stopAll(Duration.ZERO);
        server.stop(0);
        api.close();
        probe.close();
        FileTree.delete(root);
    }

    @Test
    void nothingElseStartsBeforeTheNewApiServerAnswers() {
        for (Component component : Component.values()) {
            assertThat(handOver.mayStart(component, SILENT, false))
                    .as("control: nothing is handed over")
                    .isTrue();
        }

        processes.release(List.of(Component.values()));

        assertThat(handOver.mayStart(Component.API_SERVER, SILENT, false)).isTrue();
        assertThat(handOver.mayStart(Component.SCHEDULER, SILENT, false)).isFalse();
        assertThat(handOver.mayStart(Component.DAG_PROCESSOR, SILENT, false)).isFalse();
        assertThat(handOver.mayStart(Component.SCHEDULER, ANSWERING, false)).isTrue();
        assertThat(handOver.mayStart(Component.DAG_PROCESSOR, ANSWERING, false)).isTrue();
        assertThat(handOver.mayStart(Component.DAG_PROCESSOR, ANSWERING, true))
                .as("new code waits until no old scheduler could run it with old packages")
                .isFalse();
    }

    @Test
    void anOldSchedulerIsToldWhenItsSuccessorHasReportedAndCountsUntilItTakesNoMore() throws Exception {
        ProcessIdentity old = handedOver("trap 'sleep 600 & wait' TERM; touch up; sleep 600 & wait");
        jobs.put("SchedulerJob", job(-10, 100, ""));
        assertThat(look()).as("the old one's heartbeat").doesNotContainKey(Component.SCHEDULER);
        assertThat(told()).isEmpty();

        jobs.put("SchedulerJob", job(62, 63, "") + "," + job(-10, 100, ""));
        assertThat(look()).containsEntry(Component.SCHEDULER, START.plusSeconds(63));

        assertThat(told()).containsExactly(Component.SCHEDULER);
        assertThat(look()).containsKey(Component.SCHEDULER);
        assertThat(handOver.oldTakesTasks())
                .as("control: no sign that it has heard")
                .isTrue();
        jobs.put("SchedulerJob", job(62, 63, "") + "," + job(-10, 100, "2026-01-02T03:05:10Z"));
        look();
        assertThat(handOver.oldTakesTasks()).isFalse();
        assertThat(old.alive()).as("it finishes its tasks").isTrue();
    }

    @Test
    void anOldSchedulerThatHasItsTasksStillAfterTheGraceIsKilled() throws Exception {
        ProcessIdentity old = handedOver("trap '' TERM; touch up; sleep 600 & wait");
        jobs.put("SchedulerJob", job(62, 63, "") + "," + job(-10, 100, "2026-01-02T03:05:10Z"));
        look();
        look();
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        handOver.endFinished();
        assertThat(old.alive()).as("control").isTrue();

        clock.advance(Duration.ofSeconds(2));
        handOver.endFinished();

        assertThat(old.alive()).isFalse();
    }

    @Test
    void anOldSchedulerThatDoesNotHearIsKilledAfterTwoMinutes() throws Exception {
        ProcessIdentity old = handedOver("trap '' TERM; touch up; sleep 600 & wait");
        jobs.put("SchedulerJob", job(62, 63, "") + "," + job(-10, 3600, ""));
        look();
        look();
        clock.advance(Duration.ofSeconds(119));
        handOver.endFinished();
        assertThat(old.alive()).as("control").isTrue();

        clock.advance(Duration.ofSeconds(2));
        handOver.endFinished();

        assertThat(old.alive()).isFalse();
    }

    @Test
    void anOldApiServerStaysForTheTasksThatReportToIt() throws Exception {
        ProcessIdentity scheduler = handedOver("trap 'sleep 600 & wait' TERM; touch up; sleep 600 & wait");
        for (Component component : List.of(Component.DAG_PROCESSOR, Component.TRIGGERER)) {
            processes.stopOutgoing(component, Duration.ZERO);
        }
        look();
        clock.advance(Duration.ofMinutes(10));
        handOver.endFinished();
        assertThat(told()).doesNotContain(Component.API_SERVER);

        Signal.KILL.sendToGroup(scheduler.session());
        Eventually.holds("the scheduler has ended", () -> !scheduler.alive());
        processes.buryDead();
        handOver.endFinished();

        Eventually.holds(
                "its api-server too", () -> processes.outgoing().alive().isEmpty());
    }

    @Test
    void anotherInstanceDoesNotTakeADrainingSchedulerForOneThatDoesNotHear() throws Exception {
        ProcessIdentity old = handedOver("trap '' TERM; touch up; sleep 600 & wait");
        jobs.put("SchedulerJob", job(62, 63, "") + "," + job(-10, 100, "2026-01-02T03:05:10Z"));
        look();
        assertThat(told()).contains(Component.SCHEDULER);
        clock.advance(Duration.ofHours(1));
        processes = new DeploymentProcesses(marker, user, folder, clock, List::of);
        processes.adopt();
        handOver = handOver();

        handOver.withoutOld(desired, airflow, SILENT);
        handOver.endFinished();

        assertThat(old.alive()).isTrue();
        assertThat(handOver.oldTakesTasks()).as("control: it does not know yet").isTrue();
        look();
        assertThat(handOver.oldTakesTasks()).isFalse();
    }

    /// An old generation whose scheduler runs that script, and a new one a minute later.
    private ProcessIdentity handedOver(String scheduler) throws InterruptedException {
        processes.stop(List.of(Component.SCHEDULER), Duration.ZERO);
        ProcessIdentity old = start(Component.SCHEDULER, scheduler, OLD_PORT);
        Eventually.holds("it is up", () -> Files.exists(folder.home().resolve("up")));
        processes.release(List.of(Component.values()));
        clock.advance(Duration.ofMinutes(1));
        for (Component component : Component.values()) {
            start(component, "sleep 600", NEW_PORT);
        }
        return old;
    }

    private Map<Component, Instant> look() throws InterruptedException {
        return switch (handOver.withoutOld(desired, airflow, ANSWERING)) {
            case AirflowHealth.Answering answering -> answering.heartbeats();
            case AirflowHealth.Silent silent -> throw new AssertionError(silent);
        };
    }

    private List<Component> told() {
        return processes.outgoing().alive().stream()
                .filter(old -> old.toldAt().isPresent())
                .map(OutgoingProcess::component)
                .toList();
    }

    private HandOver handOver() {
        return new HandOver(processes, probe, api, Duration.ofHours(24), clock);
    }

    private ProcessIdentity start(Component component, String script, int port) {
        Map<String, String> environment = new HashMap<>(marker.variables(component.label()));
        environment.put("PATH", "/usr/bin:/bin");
        processes.start(component, new Launch(List.of("sh", "-c", script), environment, port));
        return Optional.ofNullable(processes.alive().get(component))
                .orElseThrow()
                .process();
    }

    /// The first two in seconds after the start of the test.
    private static String job(int started, int heartbeat, String ended) {
        return "{\"start_date\":\"%s\",\"latest_heartbeat\":\"%s\",\"end_date\":%s}"
                .formatted(
                        START.plusSeconds(started),
                        START.plusSeconds(heartbeat),
                        ended.isEmpty() ? "null" : "\"" + ended + "\"");
    }
}
