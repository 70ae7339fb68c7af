package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ChildProcess;
import io.headgate.host.FileTree;
import io.headgate.host.ProcessIdentity;
import io.headgate.host.ProcessTable;
import io.headgate.host.RunAs;
import io.headgate.host.Signal;
import io.headgate.testing.Eventually;
import io.headgate.testing.TestAirflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nothing of a Deployment runs twice, and nothing of it outlives it; tried with shells instead of Airflow.
final class DeploymentProcessesTest {
    /// Not of the range that Deployments get, so that no other test's sweep comes by.
    private static final int UID = 59_001;

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final RunAs user = RunAs.weAreRoot() ? new RunAs.UserId(UID) : new RunAs.Ourselves();
    private final Marker marker =
            new Marker(new Instance("test-" + ProcessHandle.current().pid()), TestAirflow.id(1));
    private Path root = Path.of("/nowhere");
    private DeploymentFolder folder = new DeploymentFolder(root);
    private DeploymentProcesses processes = processes();

    @BeforeEach
    void aFolder() throws IOException {
        root = Files.createTempDirectory("headgate-test-processes-");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        folder = new DeploymentFolder(root.resolve("deployments/one"));
        folder.prepare(user);
        processes = processes();
    }

    @AfterEach
    void nothingStays() throws Exception {
        processes().adopt();
        processes().stopAll(Duration.ZERO);
        FileTree.delete(root);
    }

    @Test
    void workersThatOutliveTheirLeaderAreFoundAndEnded() throws Exception {
        ProcessIdentity leader = start("sleep 600 & sleep 600 & wait");
        Eventually.holds("two workers", () -> workers(leader).size() == 2);
        assertThat(processes.leftovers())
                .as("they belong to a living component")
                .isEmpty();

        Signal.KILL.send(leader);
        Eventually.holds("the leader is dead", () -> !leader.alive());
        assertThat(processes.leftovers()).as("control: the orphans are there").hasSize(2);
        List<EndedComponent> dead = processes.buryDead();

        assertThat(dead).singleElement().satisfies(ended -> {
            assertThat(ended.component()).isEqualTo(Component.SCHEDULER);
            assertThat(ended.how()).isEqualTo("was killed by signal 9");
        });
        assertThat(workers(leader)).isEmpty();
        assertThat(processes.alive()).isEmpty();
        assertThat(stateFile()).doesNotExist();
    }

    @Test
    void aShellTaskInASessionOfItsOwnLivesAndDiesWithItsComponent() throws Exception {
        ProcessIdentity leader = start("setsid sleep 600 & wait");
        Eventually.holds("the task", () -> task(leader).isPresent());
        ProcessIdentity task = task(leader).orElseThrow();

        processes.endLeftovers();
        assertThat(task.alive())
                .as("it is no leftover while its component lives")
                .isTrue();
        Signal.KILL.send(leader);
        Eventually.holds("the leader is dead", () -> !leader.alive());
        assertThat(task.alive()).as("control: it outlives its component").isTrue();
        assertThat(processes.buryDead()).hasSize(1);

        assertThat(task.alive()).isFalse();
    }

    @Test
    void anotherOneAdoptsWhatLives() throws Exception {
        ProcessIdentity leader = start("sleep 600 & wait");
        Eventually.holds("a worker", () -> workers(leader).size() == 1);

        DeploymentProcesses successor = processes();
        successor.adopt();

        assertThat(successor.alive()).isEqualTo(processes.alive()).containsOnlyKeys(Component.SCHEDULER);
        assertThat(leader.alive()).isTrue();
        assertThat(workers(leader)).hasSize(1);
        Signal.KILL.send(leader);
        Eventually.holds("the leader is dead", () -> !leader.alive());
        assertThat(successor.buryDead())
                .singleElement()
                .satisfies(ended -> assertThat(ended.how())
                        .as("whose child it was not has no exit code")
                        .isEqualTo("ended"));
    }

    @Test
    void whatWasStartedAndNotWrittenDownIsEndedNotDoubled() throws Exception {
        ProcessIdentity leader = start("sleep 600 & wait");
        Files.delete(stateFile());

        DeploymentProcesses successor = processes();
        assertThat(successor.leftovers()).as("control").contains(leader);
        successor.adopt();

        assertThat(leader.alive()).isFalse();
        assertThat(successor.alive()).isEmpty();
    }

    @Test
    void aRecordThatNamesAStrangerIsForgottenAndTheStrangerLives() throws Exception {
        ProcessIdentity stranger = stranger(Map.of("PATH", "/usr/bin:/bin"));
        new ComponentRecord(stranger, "hash", 1, Instant.EPOCH).write(stateFile());
        new ComponentRecord(
                        new ProcessIdentity(stranger.pid(), stranger.startTicks() - 1, stranger.session()),
                        "hash",
                        1,
                        Instant.EPOCH)
                .write(ComponentRecord.file(folder.run(), Component.TRIGGERER));

        processes.adopt();

        assertThat(processes.alive()).isEmpty();
        assertThat(stranger.alive()).isTrue();
        Signal.KILL.sendToGroup(stranger.pid());
    }

    @Test
    void processesOfAnotherDataFolderAreLeftAlone() throws Exception {
        Map<String, String> environment =
                new HashMap<>(new Marker(new Instance("another"), marker.deployment()).variables("scheduler"));
        environment.put("PATH", "/usr/bin:/bin");
        ProcessIdentity theirs = stranger(environment);
        ProcessIdentity ours = start("sleep 600");

        processes.stopAll(GRACE);

        assertThat(ours.alive()).as("control").isFalse();
        assertThat(theirs.alive()).isTrue();
        Signal.KILL.sendToGroup(theirs.pid());
    }

    @Test
    void stoppingLetsWorkBeFinished() throws Exception {
        Path started = folder.home().resolve("started");
        Path finished = folder.home().resolve("finished");
        ProcessIdentity leader =
                start("trap 'sleep 0.3; touch finished; exit 0' TERM; touch started; sleep 600 & wait");
        Eventually.holds("it is up", () -> Files.exists(started));

        processes.stop(List.of(Component.SCHEDULER), GRACE);

        assertThat(finished).exists();
        assertThat(leader.alive()).isFalse();
        assertThat(processes.alive()).isEmpty();
    }

    @Test
    void whoeverDoesNotStopInTimeIsKilled() throws Exception {
        Path started = folder.home().resolve("started");
        ProcessIdentity leader = start("trap '' TERM; setsid sh -c \"trap '' TERM; sleep 600\" & touch started; wait");
        Eventually.holds("it is up", () -> Files.exists(started) && task(leader).isPresent());
        ProcessIdentity task = task(leader).orElseThrow();

        processes.stopAll(Duration.ofMillis(300));

        assertThat(leader.alive()).isFalse();
        assertThat(task.alive()).isFalse();
        assertThat(processes.leftovers()).isEmpty();
    }

    @Test
    void anOutgoingOneWorksBesideItsSuccessorAndIsAdoptedWithIt() throws Exception {
        ProcessIdentity old = start("sleep 600 & wait");
        processes.release(List.of(Component.SCHEDULER));
        ProcessIdentity current = start("sleep 600 & wait");
        Eventually.holds(
                "a worker each",
                () -> workers(old).size() == 1 && workers(current).size() == 1);

        DeploymentProcesses successor = processes();
        successor.adopt();

        assertThat(successor.leftovers()).isEmpty();
        assertThat(workers(old)).hasSize(1);
        assertThat(successor.alive().get(Component.SCHEDULER))
                .isNotNull()
                .extracting(ComponentRecord::process)
                .isEqualTo(current);
        assertThat(successor.outgoing().alive()).singleElement().satisfies(outgoing -> {
            assertThat(outgoing.process()).isEqualTo(old);
            assertThat(outgoing.toldAt()).isEmpty();
        });
        successor.stopAll(GRACE);
        assertThat(old.alive()).isFalse();
        assertThat(current.alive()).isFalse();
        assertThat(outgoingFiles()).isEmpty();
    }

    @Test
    void anOutgoingOneIsToldOnceFinishesItsWorkAndIsForgotten() throws Exception {
        Path started = folder.home().resolve("started");
        Path finished = folder.home().resolve("finished");
        Path mayFinish = folder.home().resolve("may-finish");
        ProcessIdentity old = start("trap 'until test -e may-finish; do sleep 0.05; done; touch finished; exit 0' TERM;"
                + " touch started; sleep 600 & wait");
        Eventually.holds("it is up", () -> Files.exists(started));
        processes.release(List.of(Component.SCHEDULER));
        OutgoingProcess outgoing = processes.outgoing().alive().getFirst();

        processes.outgoing().tell(outgoing);

        assertThat(processes.buryDead())
                .as("an old one that ends is nobody's death")
                .isEmpty();
        DeploymentProcesses successor = processes();
        successor.adopt();
        assertThat(successor.outgoing().alive())
                .singleElement()
                .satisfies(adopted -> assertThat(adopted.toldAt()).isPresent());
        assertThat(finished).as("control: it is still busy").doesNotExist();
        Files.createFile(mayFinish);
        Eventually.holds("it has ended", () -> !old.alive());
        assertThat(successor.buryDead()).isEmpty();
        assertThat(finished).exists();
        assertThat(successor.outgoing().alive()).isEmpty();
        assertThat(outgoingFiles()).isEmpty();
        assertThat(workers(old)).as("what it left behind is ended").isEmpty();
    }

    @Test
    void whoeverWasRememberedTwiceIsTakenOverOnce() throws Exception {
        ProcessIdentity old = start("sleep 600 & wait");
        // before that it may not run under its user yet
        Eventually.holds("a worker", () -> workers(old).size() == 1);
        String record = Files.readString(stateFile());
        processes.release(List.of(Component.SCHEDULER));
        Files.writeString(stateFile(), record);

        DeploymentProcesses successor = processes();
        successor.adopt();

        assertThat(successor.alive()).isEmpty();
        assertThat(successor.outgoing().alive())
                .singleElement()
                .satisfies(outgoing -> assertThat(outgoing.process()).isEqualTo(old));
    }

    @Test
    void oneThatHoldsOutIsKilledWithItsTasks() throws Exception {
        Path started = folder.home().resolve("started");
        ProcessIdentity old = start("trap '' TERM; setsid sleep 600 & touch started; wait");
        Eventually.holds("it is up", () -> Files.exists(started) && task(old).isPresent());
        ProcessIdentity task = task(old).orElseThrow();
        processes.release(List.of(Component.SCHEDULER));
        OutgoingProcess outgoing = processes.outgoing().alive().getFirst();
        processes.outgoing().tell(outgoing);
        assertThat(old.alive()).as("control").isTrue();

        OutgoingProcesses.kill(outgoing);

        assertThat(old.alive()).isFalse();
        assertThat(task.alive()).isFalse();
    }

    private List<Path> outgoingFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.run())) {
            return files.filter(file -> file.getFileName().toString().startsWith(OutgoingProcess.FILE_PREFIX))
                    .toList();
        }
    }

    private DeploymentProcesses processes() {
        return new DeploymentProcesses(marker, user, folder, Clock.systemUTC(), List::of);
    }

    private ProcessIdentity start(String script) {
        Map<String, String> environment = new HashMap<>(marker.variables("scheduler"));
        environment.put("PATH", "/usr/bin:/bin");
        processes.start(Component.SCHEDULER, new Launch(List.of("sh", "-c", script), environment, 1));
        ComponentRecord record = processes.alive().get(Component.SCHEDULER);
        assertThat(record).isNotNull();
        return ComponentRecord.read(stateFile()).orElseThrow().process();
    }

    private ProcessIdentity stranger(Map<String, String> environment) {
        return new ChildProcess(List.of("sleep", "600"), user, environment, folder.home(), root.resolve("stranger"))
                .start();
    }

    private Path stateFile() {
        return ComponentRecord.file(folder.run(), Component.SCHEDULER);
    }

    private static List<ProcessIdentity> workers(ProcessIdentity leader) {
        return ProcessIdentity.inSession(leader.session()).stream()
                .filter(process -> !process.equals(leader))
                .toList();
    }

    private static Optional<ProcessIdentity> task(ProcessIdentity leader) {
        return ProcessTable.now().family(Set.of(leader.session())).stream()
                .filter(process -> process.session() == process.pid() && !process.equals(leader))
                .findFirst();
    }
}
