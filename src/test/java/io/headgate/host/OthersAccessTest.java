package io.headgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OthersAccessTest {
    @TempDir
    Path root;

    private Path folder;
    private Path file;

    @BeforeEach
    void aFileThatAllMayRead() throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        folder = Files.createDirectory(root.resolve("folder"));
        file = Files.createFile(folder.resolve("file"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void anOpenFileHasNoObstacle() throws IOException {
        assertThat(OthersAccess.obstacle(file)).isEmpty();
    }

    @Test
    void aClosedFolderOnTheWayIsNamed() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));

        assertThat(OthersAccess.obstacle(file)).contains(folder);
    }

    @Test
    void aLinkDoesNotHideWhereItLeads() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), file);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));

        assertThat(OthersAccess.obstacle(link)).isPresent();
    }
}
