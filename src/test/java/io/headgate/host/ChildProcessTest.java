package io.headgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {
    @TempDir
    Path folder;

    @Test
    void aStartedChildIsItselfAtOnceAndLeadsItsSession() {
        for (int i = 0; i < 20; i++) {
            ProcessIdentity child = sh("sleep 60").start();

            assertThat(child.session()).isEqualTo(child.pid());
            assertThat(child.alive()).isTrue();
            Signal.KILL.sendToGroup(child.pid());
        }
    }

    @Test
    void aLongRunSaysThatItIsStillRunning() throws InterruptedException {
        List<Duration> told = new ArrayList<>();

        int exit = sh("sleep 5.5; exit 3").run(Duration.ofSeconds(30), told::add);

        assertThat(exit).isEqualTo(3);
        assertThat(told).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void theFamilyOfASessionHoldsWhatLeftIt() throws InterruptedException {
        ProcessIdentity leader = sh("setsid sleep 60 & wait").start();
        try {
            boolean left = Wait.until(
                    Duration.ofSeconds(10),
                    () -> ProcessTable.now().family(Set.of(leader.session())).stream()
                            .anyMatch(member -> member.session() != leader.session()));

            assertThat(left).isTrue();
        } finally {
            Signal.killUntilGone(Duration.ofSeconds(5), () -> ProcessTable.now().family(Set.of(leader.session())));
        }
    }

    private ChildProcess sh(String script) {
        return new ChildProcess(
                List.of("sh", "-c", script),
                new RunAs.Ourselves(),
                Map.of("PATH", "/usr/bin:/bin"),
                folder,
                folder.resolve("output"));
    }
}
