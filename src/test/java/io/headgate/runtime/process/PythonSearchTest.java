package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PythonSearchTest {
    @TempDir
    Path root;

    @BeforeEach
    void openToOthers() throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void theFirstOfARightVersionIsTaken() throws Exception {
        Path old = python("old", "3.9");
        Path good = python("good", "3.12");
        Path late = python("late", "3.11");

        PythonInterpreter found = search(Optional.empty(), root.resolve("missing"), old, good, late)
                .find();

        assertThat(found).isEqualTo(new PythonInterpreter(good, "3.12"));
    }

    @Test
    void theConfiguredOneIsTakenOrNone() throws Exception {
        Path good = python("good", "3.12");
        Path old = python("old", "3.9");

        assertThat(search(Optional.of(good)).find().program()).isEqualTo(good);
        assertThatThrownBy(() -> search(Optional.of(old), good).find()).hasMessageContaining(old + " is Python 3.9");
    }

    @Test
    void oneBelowAClosedFolderIsRefusedByNameOfTheFolder() throws Exception {
        Path hidden = python("hidden", "3.12");
        Path closed = hidden.resolveSibling(".").normalize();
        assertThat(search(Optional.empty(), hidden).find().program())
                .as("control")
                .isEqualTo(hidden);

        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> search(Optional.empty(), hidden).find())
                .isInstanceOf(RuntimeTrouble.class)
                .hasMessageContaining("because " + closed + " is closed to others")
                .hasMessageContaining("apt install python3");
    }

    @Test
    void withoutAnyTheReasonSaysSo() {
        assertThatThrownBy(() -> search(Optional.empty()).find()).hasMessageContaining("none is installed");
    }

    private PythonSearch search(Optional<Path> configured, Path... candidates) {
        return new PythonSearch(configured, List.of(candidates), true, root);
    }

    private Path python(String name, String version) throws IOException {
        Path folder = Files.createDirectory(root.resolve(name));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path program = folder.resolve("python3");
        Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' " + version + " /bin/sh /bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }
}
