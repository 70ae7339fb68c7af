package io.headgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written where, on files that stand for the kernel's.
final class ControlGroupsTest {
    private static final long PID = ProcessHandle.current().pid();

    @TempDir
    Path subtree;

    @BeforeEach
    void aSubtreeThatWasLeftToUs() throws IOException {
        file("cgroup.controllers", "cpu memory pids\n");
        file("cgroup.subtree_control", "");
        file("cgroup.procs", "");
        file("headgate/cgroup.procs", "");
        for (String name : List.of("memory.max", "memory.oom.group", "memory.swap.max", "pids.max", "cgroup.procs")) {
            file("deployment-x/" + name, "");
        }
    }

    @Test
    void weMoveAsideAndDivideTheSubtree() throws IOException {
        ControlGroups.Found found = ControlGroups.take(subtree, PID);

        assertThat(found).isEqualTo(new ControlGroups.Found.Usable(new ControlGroups(subtree)));
        assertThat(subtree.resolve("headgate/cgroup.procs")).hasContent(Long.toString(PID));
        assertThat(Files.readString(subtree.resolve("cgroup.subtree_control"))).contains("+");
        assertThat(ControlGroups.take(subtree.resolve("headgate"), PID))
                .as("the next Headgate is started in our part of it, or goes on there")
                .isEqualTo(found);
    }

    @Test
    void withoutAControllerThatIsNeededThereIsNone() throws IOException {
        file("cgroup.controllers", "cpu pids\n");

        assertThat(ControlGroups.take(subtree, PID))
                .isEqualTo(new ControlGroups.Found.Unusable("its controller 'memory' is not given to " + subtree));
        assertThat(subtree.resolve("headgate/cgroup.procs"))
                .as("nobody was moved")
                .isEmptyFile();
    }

    @Test
    void aCommandStartsInItsGroupAndUnderItsLimits() throws Exception {
        List<String> words = new ControlGroups(subtree).prefix("deployment-x", 4L << 30, 1088);
        ProcessIdentity child = new ChildProcess(
                        List.of("sleep", "60"),
                        new RunAs.Ourselves(),
                        Map.of("PATH", "/usr/bin:/bin"),
                        subtree,
                        subtree.resolve("output"),
                        words)
                .start();
        try {
            Path procs = subtree.resolve("deployment-x/cgroup.procs");
            assertThat(Wait.until(Duration.ofSeconds(10), () -> holds(procs, Long.toString(child.pid()))))
                    .isTrue();
        } finally {
            Signal.KILL.sendToGroup(child.session());
        }
        assertThat(subtree.resolve("deployment-x/memory.max")).hasContent("4294967296");
        assertThat(subtree.resolve("deployment-x/memory.oom.group")).hasContent("0");
        assertThat(subtree.resolve("deployment-x/memory.swap.max")).hasContent("0");
        assertThat(subtree.resolve("deployment-x/pids.max")).hasContent("1088");
    }

    @Test
    void whatIsNotEmptyIsNotRemoved() throws IOException {
        ControlGroups groups = new ControlGroups(subtree);

        assertThat(groups.remove("deployment-x")).isFalse();
        for (Path each : files("deployment-x")) {
            Files.delete(each);
        }
        assertThat(groups.remove("deployment-x")).isTrue();
        assertThat(subtree.resolve("deployment-x")).doesNotExist();
        assertThat(groups.remove("deployment-x")).as("again").isTrue();
    }

    private void file(String name, String content) throws IOException {
        Path file = subtree.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> all = Files.list(subtree.resolve(name))) {
            return new ArrayList<>(all.toList());
        }
    }

    private static boolean holds(Path file, String words) {
        try {
            return Files.readString(file).strip().equals(words);
        } catch (IOException e) {
            return false;
        }
    }
}
