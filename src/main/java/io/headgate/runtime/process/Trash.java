package io.headgate.runtime.process;

import io.headgate.kernel.DeploymentId;
import io.headgate.storage.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Where the files of deleted Deployments rest, out of reach of every Deployment's user.
record Trash(Path folder, Clock clock) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /// Moves the files there; nothing happens when they are gone already.
    void take(DeploymentId id, DeploymentFolder files) {
        if (!Files.isDirectory(files.root())) {
            return;
        }
        Path target = PrivateFiles.folder(folder).resolve(id + "-" + STAMP.format(clock.instant()));
        try {
            Files.move(files.root(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move " + files.root() + " to the trash", e);
        }
    }
}
