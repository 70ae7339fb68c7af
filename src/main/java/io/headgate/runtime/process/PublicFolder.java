package io.headgate.runtime.process;

import io.headgate.host.OthersAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// Folders of the cache: written by us, read by the user of every Deployment, whatever our umask is.
final class PublicFolder {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");

    private PublicFolder() {}

    /// Makes the folder with mode 0755, its missing parents too.
    static Path at(Path folder) {
        try {
            Path parent = folder.getParent();
            if (parent != null && !Files.isDirectory(parent)) {
                at(parent);
            }
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, FOLDER);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + folder, e);
        }
    }

    static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        Files.setPosixFilePermissions(file, FILE);
    }

    /// Complains when another user could not get there.
    static void requireOpen(Path folder) {
        try {
            Optional<Path> obstacle = OthersAccess.obstacle(folder);
            if (obstacle.isPresent()) {
                throw new RuntimeTrouble("the cache folder " + folder + " cannot be reached by the users that"
                        + " Deployments run under, because " + obstacle.get()
                        + " is closed to others; open it (chmod o+x) or set HEADGATE_CACHE to another folder");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + folder, e);
        }
    }
}
