package io.headgate.runtime.process;

import io.headgate.host.ChildProcess;
import io.headgate.host.FileTree;
import io.headgate.host.RunAs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A folder for one command that runs pushed code, gone when it is closed.
///
/// The folder itself is ours; what its user owns lies within it, so that names here cannot be swapped for links. As
/// root we never walk through what a user owns: it is emptied under that user.
final class ScratchFolder implements AutoCloseable {
    private static final Duration EMPTY_LIMIT = Duration.ofMinutes(2);

    private final Path folder;
    private final RunAs user;

    private ScratchFolder(Path folder, RunAs user) {
        this.folder = folder;
        this.user = user;
    }

    /// @param parent ours, and open to the user
    static ScratchFolder make(Path parent, String purpose, RunAs user) {
        try {
            Path folder = Files.createTempDirectory(parent, purpose + "-");
            user.letPass(folder);
            ScratchFolder scratch = new ScratchFolder(folder, user);
            for (Path owned : List.of(scratch.work(), scratch.home(), scratch.temporary())) {
                Files.createDirectory(
                        owned, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            user.own(scratch.work());
            scratch.ours("output");
            return scratch;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder in " + parent, e);
        }
    }

    /// Owned by the user, with all in it.
    Path work() {
        return folder.resolve("work");
    }

    Path home() {
        return work().resolve("home");
    }

    Path temporary() {
        return work().resolve("tmp");
    }

    /// What the command prints; nobody else can open it.
    Path output() {
        return folder.resolve("output");
    }

    Path folder() {
        return folder;
    }

    /// An empty file that the user may write and cannot replace.
    Path writable(String name) {
        Path file = ours(name);
        user.own(file);
        return file;
    }

    @Override
    public void close() {
        delete(folder, user);
    }

    /// Deletes the scratch folders below a folder that an earlier run left. None may be in use.
    static void deleteAll(Path parent) {
        if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
            for (Path left : folders) {
                delete(left, owner(left.resolve("work")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + parent, e);
        }
    }

    private static RunAs owner(Path work) throws IOException {
        if (!RunAs.weAreRoot() || !Files.isDirectory(work, LinkOption.NOFOLLOW_LINKS)) {
            return new RunAs.Ourselves();
        }
        int uid = (Integer) Files.getAttribute(work, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        return uid == 0 ? new RunAs.Ourselves() : new RunAs.UserId(uid);
    }

    private Path ours(String name) {
        try {
            return Files.createFile(
                    folder.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a file in " + folder, e);
        }
    }

    private static void delete(Path folder, RunAs user) {
        Path work = folder.resolve("work");
        try {
            if (Files.isDirectory(work, LinkOption.NOFOLLOW_LINKS)) {
                empty(work, user);
                Files.delete(work);
            }
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path ours : files) {
                    FileTree.delete(ours);
                }
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }

    /// Empties a folder that the user owns, as that user.
    static void empty(Path owned, RunAs user) {
        List<String> command = List.of("find", owned.toString(), "-mindepth", "1", "-delete");
        Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin");
        try {
            int exit =
                    new ChildProcess(command, user, environment, Path.of("/"), Path.of("/dev/null")).run(EMPTY_LIMIT);
            if (exit != 0) {
                throw new IllegalStateException("cannot empty " + owned + ": find ended with exit code " + exit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while emptying " + owned, e);
        }
    }
}
