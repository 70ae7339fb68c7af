package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.FileTree;
import io.headgate.host.ProcessIdentity;
import io.headgate.host.ProcessTable;
import io.headgate.host.RunAs;
import io.headgate.testing.Eventually;
import io.headgate.testing.TestAirflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nothing that a confined command starts outlives it, with a process namespace and without; tried with shells.
final class ConfinedCommandTest {
    /// Not of the range that Deployments get, so that no other test's sweep comes by.
    private static final int UID = 59_101;

    private final RunAs user = RunAs.weAreRoot() ? new RunAs.UserId(UID) : new RunAs.Ourselves();
    private final Instance instance =
            new Instance("confined-" + ProcessHandle.current().pid());
    private final ConfinementMark mark = new ConfinementMark(instance, TestAirflow.id(1), "v1");
    private Path root = Path.of("/nowhere");

    @BeforeEach
    void aFolder() throws IOException {
        root = Files.createTempDirectory("headgate-test-confined-");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @AfterEach
    void nothingStays() throws IOException {
        assertThat(running()).isEmpty();
        FileTree.delete(root);
    }

    @Test
    void whatItStartsAndLeavesIsEndedWithItWithAndWithoutANamespace() throws Exception {
        for (List<String> namespace : List.of(List.<String>of(), ProcessNamespace.prefix(root))) {
            ConfinedCommand.Outcome outcome = command(
                            namespace,
                            Duration.ofSeconds(20),
                            "setsid sleep 600 & sleep 600 & (setsid sleep 600 &) ; exit 3")
                    .run();

            assertThat(outcome).isEqualTo(new ConfinedCommand.Outcome.Ended(3));
            assertThat(running()).isEmpty();
        }
    }

    @Test
    void inANamespaceAlsoWhatHidesItsOriginIsEnded() throws Exception {
        List<String> namespace = ProcessNamespace.prefix(root);
        if (namespace.isEmpty() || !RunAs.weAreRoot()) {
            return; // this host offers none
        }
        ConfinedCommand.Outcome outcome = command(
                        namespace, Duration.ofSeconds(20), "(env -i setsid /bin/sleep 600 &) ; /bin/sleep 1; exit 0")
                .run();

        assertThat(outcome).isEqualTo(new ConfinedCommand.Outcome.Ended(0));
        assertThat(running()).isEmpty();
    }

    @Test
    void pastItsTimeOrWithTooManyProcessesItIsKilled() throws Exception {
        assertThat(command(List.of(), Duration.ofSeconds(1), "sleep 600").run())
                .isEqualTo(new ConfinedCommand.Outcome.OutOfTime());
        assertThat(command(
                                List.of(),
                                Duration.ofSeconds(20),
                                "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 600 & done; wait")
                        .run())
                .isEqualTo(new ConfinedCommand.Outcome.TooManyProcesses());
        assertThat(command(List.of(), Duration.ofSeconds(20), "sleep 0.3").run())
                .as("control")
                .isEqualTo(new ConfinedCommand.Outcome.Ended(0));
    }

    @Test
    void theKernelHoldsItToItsLimits() throws Exception {
        Path output = root.resolve("output");
        assertThat(command(List.of(), Duration.ofSeconds(20), "ulimit -v; ulimit -f; ulimit -n; ulimit -c; ulimit -t")
                        .run())
                .isEqualTo(new ConfinedCommand.Outcome.Ended(0));
        assertThat(Files.readAllLines(output)).containsExactly("1048576", "2048", "64", "0", "5");
    }

    @Test
    void afterADeathOfOursASuccessorEndsIt() throws Exception {
        Thread dying = Thread.ofVirtual().start(() -> {
            try {
                command(List.of(), Duration.ofSeconds(60), "setsid sleep 600 & sleep 600")
                        .run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Eventually.holds("it runs", () -> running().size() >= 3);

        ConfinementMark.endLeftovers(new Instance("another"));
        assertThat(running()).as("control: another Headgate's are not ours").isNotEmpty();
        ConfinementMark.endLeftovers(instance);

        assertThat(running()).isEmpty();
        dying.join();
    }

    private ConfinedCommand command(List<String> namespace, Duration wall, String script) {
        return new ConfinedCommand(
                List.of("sh", "-c", script),
                user,
                mark,
                namespace,
                new ConfinementLimits(wall, Duration.ofSeconds(5), 1L << 30, 10, 1L << 20, 64),
                Map.of("PATH", "/usr/bin:/bin"),
                Path.of("/"),
                root.resolve("output"));
    }

    private Set<ProcessIdentity> running() {
        return ProcessTable.now().all().stream()
                .filter(process -> process.environment().stream().anyMatch(line -> line.contains(instance.name() + "/"))
                        || (RunAs.weAreRoot()
                                && process.uid().filter(uid -> uid == UID).isPresent()))
                .collect(Collectors.toSet());
    }
}
