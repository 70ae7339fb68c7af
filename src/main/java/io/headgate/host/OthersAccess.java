package io.headgate.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/// Whether users other than the owner can get at a file: what a Deployment's user runs must be open to it all the way.
public final class OthersAccess {
    private OthersAccess() {}

    /// The first folder on the way to a file, or the file itself, that others may not pass or read; empty if there is
    /// none. The way of the path as written and that of the file it leads to both count.
    public static Optional<Path> obstacle(Path file) throws IOException {
        Optional<Path> written = obstacleOnTheWay(file.toAbsolutePath());
        return written.isPresent() ? written : obstacleOnTheWay(file.toRealPath());
    }

    private static Optional<Path> obstacleOnTheWay(Path file) throws IOException {
        Path step = file.getRoot();
        for (Path name : file) {
            step = step.resolve(name);
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(step);
            boolean open = Files.isDirectory(step)
                    ? permissions.contains(PosixFilePermission.OTHERS_EXECUTE)
                    : permissions.contains(PosixFilePermission.OTHERS_READ);
            if (!open) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }
}
