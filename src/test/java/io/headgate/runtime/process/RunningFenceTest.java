package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ChildProcess;
import io.headgate.host.RunAs;
import io.headgate.testing.TestAirflow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunningFenceTest {
    private static final RunningLimits LIMITS = new RunningLimits(2048L << 20, 400);

    @TempDir
    Path folder;

    @Test
    void withoutControlGroupsEachProcessHasLimits() throws Exception {
        List<String> fenced =
                limits(new RunningFence.ByProcess(LIMITS, RunAs.weAreRoot(), "test").restraints(TestAirflow.id(1)));
        List<String> free = limits(List.of());

        assertThat(fenced)
                .anyMatch(line -> line.matches("Max data size +2147483648 +2147483648 .*"))
                .anyMatch(line -> line.matches("Max address space +6442450944 +6442450944 .*"))
                .anyMatch(line -> line.matches("Max core file size +0 +0 .*"));
        if (RunAs.weAreRoot()) {
            assertThat(fenced).anyMatch(line -> line.matches("Max processes +464 +464 .*"));
        }
        assertThat(free).as("control").noneMatch(line -> line.matches("Max data size +2147483648 .*"));
    }

    @Test
    void underASharedUserProcessesAreNotCountedForTheyWouldBeOurs() {
        assertThat(new RunningFence.ByProcess(LIMITS, false, "test").restraints(TestAirflow.id(1)))
                .noneMatch(word -> word.startsWith("--nproc"))
                .anyMatch(word -> word.startsWith("--data"));
        assertThat(new RunningFence.ByProcess(LIMITS, true, "test").restraints(TestAirflow.id(1)))
                .as("control")
                .anyMatch(word -> word.startsWith("--nproc"));
    }

    @Test
    void itSaysInWordsWhatThisHostOffers() {
        assertThat(RunningFence.of(LIMITS, true).words())
                .matches("control groups below /.+|limits of processes and users \\(cgroup v2 cannot be used: .+\\)");
    }

    private List<String> limits(List<String> restraints) throws Exception {
        Path output = Files.createTempFile(folder, "limits", "");
        int exit = new ChildProcess(
                        List.of("cat", "/proc/self/limits"),
                        new RunAs.Ourselves(),
                        Map.of("PATH", "/usr/bin:/bin"),
                        folder,
                        output,
                        restraints)
                .run(Duration.ofSeconds(20));
        assertThat(exit).isZero();
        return Files.readAllLines(output);
    }
}
