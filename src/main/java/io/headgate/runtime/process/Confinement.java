package io.headgate.runtime.process;

import io.headgate.kernel.Id;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// What this host offers to confine pushed code with, found out once; before that, what an earlier run left is ended.
final class Confinement {
    private final Instance instance;
    private final Path deployments;
    private final Path scratch;
    private final ReentrantLock once = new ReentrantLock();
    private Optional<List<String>> namespace = Optional.empty();

    /// @param deployments the folder of all Deployments' folders
    /// @param scratch where we may write
    Confinement(Instance instance, Path deployments, Path scratch) {
        this.instance = instance;
        this.deployments = deployments;
        this.scratch = scratch;
    }

    Instance instance() {
        return instance;
    }

    /// Ends what an earlier run left; nothing when it has been done.
    void begin() throws InterruptedException {
        var _ = namespace();
    }

    /// Words that give a command a process namespace; see {@link ProcessNamespace}.
    List<String> namespace() throws InterruptedException {
        once.lock();
        try {
            if (namespace.isEmpty()) {
                endLeftovers();
                namespace = Optional.of(ProcessNamespace.prefix(PublicFolder.at(scratch)));
            }
            return namespace.get();
        } finally {
            once.unlock();
        }
    }

    private void endLeftovers() throws InterruptedException {
        ConfinementMark.endLeftovers(instance);
        if (!Files.isDirectory(deployments)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(deployments)) {
            for (Path folder : folders) {
                if (Id.isWellFormed(String.valueOf(folder.getFileName()))) {
                    DeploymentFolder one = new DeploymentFolder(folder);
                    ScratchFolder.deleteAll(one.scratch());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + deployments, e);
        }
    }
}
