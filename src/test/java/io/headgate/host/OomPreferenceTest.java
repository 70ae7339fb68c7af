package io.headgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OomPreferenceTest {
    @TempDir
    Path folder;

    @Test
    void aChildAndWhatItStartsHaveWhatTheyAreGiven() throws Exception {
        int ours = Integer.parseInt(
                Files.readString(Path.of("/proc/self/oom_score_adj")).strip());

        assertThat(scores(OomPreference.PUSHED_CODE)).containsExactly(900, 900);
        assertThat(scores(OomPreference.AIRFLOW)).containsExactly(Math.max(300, ours), Math.max(300, ours));
        assertThat(scores(OomPreference.ORDINARY)).doesNotContain(900).hasSize(2);
    }

    /// Root without `CAP_SYS_RESOURCE`, as in many a container, is like an ordinary user here.
    @Test
    void whoMayNotLowerItIsLeftWhereWeAre() throws Exception {
        int ours = Integer.parseInt(
                Files.readString(Path.of("/proc/self/oom_score_adj")).strip());

        assertThat(scores(OomPreference.SPARED)).first().isIn(-900, ours);
    }

    private List<Integer> scores(OomPreference preference) throws Exception {
        Path output = Files.createTempFile(folder, "scores", "");
        int exit = new ChildProcess(
                        List.of("sh", "-c", "cat /proc/self/oom_score_adj; sh -c 'cat /proc/self/oom_score_adj'"),
                        new RunAs.Ourselves(),
                        Map.of("PATH", "/usr/bin:/bin"),
                        folder,
                        output,
                        preference.prefix())
                .run(Duration.ofSeconds(20));
        assertThat(exit).isZero();
        return Files.readAllLines(output).stream().map(Integer::valueOf).toList();
    }
}
