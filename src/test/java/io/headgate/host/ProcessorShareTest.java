package io.headgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "weAreRoot", disabledReason = "only root may go before others")
final class ProcessorShareTest {
    private static final int ORDINARY = 0;
    private static final int FIRST_IN_FIRST_OUT = 1;

    static boolean weAreRoot() {
        return RunAs.weAreRoot();
    }

    @Test
    void oneThreadGoesFirstAndNeitherOthersNorItsChildren() throws Exception {
        onItsOwnThread(() -> {
            assertThat(policy("thread-self")).as("control: before").isEqualTo(ORDINARY);

            assertThat(ProcessorShare.goFirst()).isTrue();

            assertThat(policy("thread-self")).isEqualTo(FIRST_IN_FIRST_OUT);
            assertThat(policy("self")).as("the first thread of this process").isEqualTo(ORDINARY);
            Process child = new ProcessBuilder("sleep", "600").start();
            try {
                assertThat(policy(Long.toString(child.pid()))).isEqualTo(ORDINARY);
            } finally {
                child.destroyForcibly();
            }
            return null;
        });
    }

    private static void onItsOwnThread(Callable<Void> test) throws Exception {
        try (var executor = Executors.newSingleThreadExecutor()) {
            executor.submit(test).get();
        }
    }

    /// proc(5), field 41 of `stat`.
    private static int policy(String which) throws IOException {
        String stat = Files.readString(Path.of("/proc", which, "stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[38]);
    }
}
