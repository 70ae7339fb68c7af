package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.FileTree;
import io.headgate.host.ProcessIdentity;
import io.headgate.host.RunAs;
import io.headgate.host.Signal;
import io.headgate.host.UserProcesses;
import io.headgate.testing.Eventually;
import io.headgate.testing.TestAirflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// Tried with shells instead of Airflow, under a user that nobody else has.
@EnabledIf(value = "weAreRoot", disabledReason = "only root can give a Deployment a user of its own")
final class OveruseWatchTest {
    private static final int UID = 59_101;
    private static final long MIB = 1L << 20;

    private final Marker marker =
            new Marker(new Instance("test-" + ProcessHandle.current().pid()), TestAirflow.id(1));
    private Path root = Path.of("/nowhere");
    private DeploymentFolder folder = new DeploymentFolder(root);
    private DeploymentProcesses processes = processes();

    static boolean weAreRoot() {
        return RunAs.weAreRoot();
    }

    @BeforeEach
    void aFolder() throws IOException {
        root = Files.createTempDirectory("headgate-test-overuse-");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        folder = new DeploymentFolder(
                root.resolve("deployments").resolve(TestAirflow.id(1).value()));
        folder.prepare(new RunAs.UserId(UID));
        processes = processes();
    }

    @AfterEach
    void nothingStays() throws Exception {
        processes().adopt();
        processes().stopAll(Duration.ZERO);
        Signal.killUntilGone(Duration.ofSeconds(10), OveruseWatchTest::running);
        FileTree.delete(root);
    }

    @Test
    void aForkBombIsEndedAndAirflowGoesOn() throws Exception {
        // a worker, and of it a task that starts more and more, each in a session and without a name
        ProcessIdentity scheduler = start("""
                (while [ ! -e %1$s ]; do sleep 0.1; done
                 for i in $(seq 60); do env -i setsid sleep 600 & done; wait; exec sleep 600) & wait
                """.formatted(folder.home().resolve("go")));
        Eventually.holds("a worker", () -> running().size() >= 3);
        ProcessOveruse watch = processes(new RunningLimits(4096 * MIB, 30));
        watch.look();
        assertThat(running().size())
                .as("control: within limits nothing happens")
                .isGreaterThanOrEqualTo(3);

        Files.createFile(folder.home().resolve("go"));
        Eventually.holds("the bomb", () -> running().size() > 60);
        Set<ProcessIdentity> airflow = children(scheduler);
        watch.look();

        airflow.add(scheduler);
        assertThat(running()).isEqualTo(airflow);
        assertThat(members()).noneMatch(UserProcesses.Member::stopped);
    }

    @Test
    void childrenThatEndedAndThatNobodyAskedAboutCountLikeForTheKernel() throws Exception {
        // a worker, and of it a task that never asks how its children ended
        ProcessIdentity scheduler =
                start("""
                (python3 -c "import os, time
                for i in range(60): os.fork() or os._exit(0)
                open('%1$s', 'w'); time.sleep(600)"; sleep 600) & wait
                """.formatted(folder.home().resolve("done")).replace("                ", ""));
        Eventually.holds("sixty", () -> Files.exists(folder.home().resolve("done")));
        Eventually.holds(
                "shell, worker and task, and no child that has yet to end",
                () -> running().size() == 3);
        ProcessOveruse watch = processes(new RunningLimits(4096 * MIB, 80));
        int before = running().size();
        watch.look();
        assertThat(running())
                .as("control: few live, and within limits nothing happens")
                .hasSize(before);
        ProcessOveruse strict = processes(new RunningLimits(4096 * MIB, 30));
        strict.look();

        Eventually.holds(
                "their parent is gone, and they with it", () -> running().size() == 2);
        assertThat(running()).contains(scheduler);
        Eventually.holds("nothing is left of them", () -> user().threads() == 2);
    }

    @Test
    void manySessionsThatAreNotAirflowsGetLittleOfTheProcessors() throws Exception {
        ProcessIdentity scheduler = start("(for i in $(seq 20); do setsid sleep 600 & done; wait) & wait");
        Eventually.holds("twenty sessions", () -> sessions().size() == 21);
        assertThat(share(scheduler)).as("control: an ordinary share").contains("nice 0");
        Set<ProcessIdentity> others = running();
        others.removeIf(process -> process.session() == scheduler.session());

        assertThat(processes(new RunningLimits(4096 * MIB, 1000)).look())
                .as("the next look is soon")
                .isTrue();

        assertThat(others)
                .hasSize(20)
                .allSatisfy(process -> assertThat(share(process)).contains("nice 19"));
        assertThat(share(scheduler)).contains("nice 0");
        others.stream().limit(10).forEach(Signal.KILL::send);
        Eventually.holds("eleven sessions", () -> sessions().size() == 11);
        assertThat(processes(new RunningLimits(4096 * MIB, 1000)).look()).isFalse();
    }

    private static Set<Long> sessions() {
        return running().stream().map(ProcessIdentity::session).collect(Collectors.toSet());
    }

    private static String share(ProcessIdentity process) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "autogroup"));
    }

    @Test
    void whatGoesOnSoonAfterwardsIsEndedAltogether() throws Exception {
        ProcessIdentity scheduler = start("for i in $(seq 40); do sleep 600 & done; wait");
        Eventually.holds("too many children", () -> running().size() > 40);
        ProcessOveruse watch = processes(new RunningLimits(4096 * MIB, 30));
        watch.look();
        assertThat(scheduler.alive())
                .as("control: children of a scheduler are taken for workers at first")
                .isTrue();
        assertThat(running()).hasSizeGreaterThan(40);

        watch.look();

        assertThat(running()).isEmpty();
    }

    @Test
    void theLargestIsEndedWhenAllTogetherUseTooMuch() throws Exception {
        String large = "python3 -c \"import os,time; x = b'x' * (150 << 20); open('%s/%s','w'); time.sleep(600)\"";
        ProcessIdentity scheduler = start("(%s & %s & sleep 600; wait) & wait"
                .formatted(large.formatted(folder.home(), "one"), large.formatted(folder.home(), "two")));
        Eventually.holds(
                "two large ones",
                () -> Files.exists(folder.home().resolve("one"))
                        && Files.exists(folder.home().resolve("two")));
        int before = running().size();
        MemoryOveruse watch = memory(new RunningLimits(1024 * MIB, 1000));
        watch.look();
        assertThat(running()).as("control: enough for both").hasSize(before);
        MemoryOveruse strict = memory(new RunningLimits(256 * MIB, 1000));
        strict.look();
        Eventually.holds("one of them is gone", () -> running().size() == before - 1);
        strict.look();

        assertThat(scheduler.alive()).isTrue();
        assertThat(running()).as("what fits stays").hasSize(before - 1);
    }

    @Test
    void whatAnEarlierHeadgateHadStoppedContinuesWhenItIsTakenOver() throws Exception {
        ProcessIdentity scheduler = start("sleep 600 & wait");
        Eventually.holds("a worker", () -> running().size() == 2);
        running().forEach(Signal.STOP::send);
        Eventually.holds("control: all stopped", () -> members().stream().allMatch(UserProcesses.Member::stopped));

        processes().adopt();

        assertThat(scheduler.alive()).isTrue();
        Eventually.holds("all continue", () -> members().stream().noneMatch(UserProcesses.Member::stopped));
    }

    private ProcessOveruse processes(RunningLimits limits) {
        return new ProcessOveruse(limits, () -> Map.of(UID, folder), new Relapses());
    }

    private MemoryOveruse memory(RunningLimits limits) {
        return new MemoryOveruse(limits, () -> Map.of(UID, folder), new Relapses());
    }

    private ProcessIdentity start(String script) {
        Map<String, String> environment = new HashMap<>(marker.variables("scheduler"));
        environment.put("PATH", "/usr/bin:/bin");
        processes.start(Component.SCHEDULER, new Launch(List.of("sh", "-c", script), environment, 1));
        return Objects.requireNonNull(processes.alive().get(Component.SCHEDULER))
                .process();
    }

    private DeploymentProcesses processes() {
        return new DeploymentProcesses(marker, new RunAs.UserId(UID), folder, Clock.systemUTC(), List::of);
    }

    private static List<UserProcesses.Member> members() {
        return user().members();
    }

    private static UserProcesses user() {
        return UserProcesses.of(UID);
    }

    private static Set<ProcessIdentity> running() {
        return members().stream().map(UserProcesses.Member::identity).collect(Collectors.toSet());
    }

    private static Set<ProcessIdentity> children(ProcessIdentity leader) {
        return members().stream()
                .filter(member -> member.parent() == leader.pid())
                .map(UserProcesses.Member::identity)
                .collect(Collectors.toSet());
    }
}
