package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the browser is looked for. Needs none itself.
class ChromiumTest {
    @TempDir
    Path folder;

    @Test
    void isFoundByAnyOfItsNamesOnThePath() throws IOException {
        Files.writeString(folder.resolve("chromium"), "not a program");
        Path program = Files.createFile(
                folder.resolve("google-chrome"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        assertThat(Chromium.find(Map.of("PATH", "/nonexistent:" + folder))).contains(program);
    }

    @Test
    void isWhatTheEnvironmentSaysBeforeAllElse() {
        assertThat(Chromium.find(Map.of("HEADGATE_CHROMIUM", "/opt/browser", "PATH", "/usr/bin")))
                .contains(Path.of("/opt/browser"));
    }

    @Test
    void mayBeMissedEverywhereButInContinuousIntegration() {
        assertThat(Chromium.find(Map.of("PATH", folder.toString()))).isEmpty();
        assertThat(Chromium.mayBeAbsent(Map.of())).isTrue();
        assertThat(Chromium.mayBeAbsent(Map.of("CI", "true"))).isFalse();
    }
}
