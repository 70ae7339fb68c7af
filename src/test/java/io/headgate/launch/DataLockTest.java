package io.headgate.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataLockTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aSecondHeadgateIsRefusedWithTheFirstOnesPidAndGetsInWhenItIsGone() {
        Path file = folder.resolve("lock");
        try (DataLock first = DataLock.take(file)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> DataLock.take(file))
                    .isInstanceOfSatisfying(
                            LaunchException.class, e -> assertThat(e.exitCode()).isEqualTo(3))
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
        }
        try (DataLock second = DataLock.take(file)) {
            assertThat(second).isNotNull();
        }
    }
}
