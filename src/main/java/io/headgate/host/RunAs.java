package io.headgate.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The user that a child process runs under.
public sealed interface RunAs {

    /// Words that, put before a command, make it run under that user.
    List<String> prefix();

    /// Gives a folder and all in it to that user; links are given, not followed.
    void own(Path folder);

    /// Whether a file or folder itself belongs to that user.
    boolean owns(Path path);

    /// Lets that user pass and list one folder, not change it; others see nothing.
    void letPass(Path folder);

    /// Lets that user read a folder and all in it, and run what we may run, and change none of it; others see nothing.
    void letRead(Path folder);

    /// The user of this process; all that an ordinary user can offer.
    record Ourselves() implements RunAs {
        @Override
        public List<String> prefix() {
            return List.of();
        }

        @Override
        public void own(Path folder) {}

        @Override
        public boolean owns(Path path) {
            return true;
        }

        @Override
        public void letPass(Path folder) {}

        @Override
        public void letRead(Path folder) {}
    }

    /// A user id without a name, reached from root; loses every group and can gain no privilege again.
    record UserId(int uid) implements RunAs {
        private static final Set<PosixFilePermission> READ_FOLDER = PosixFilePermissions.fromString("rwxr-x---");
        private static final Set<PosixFilePermission> READ_FILE = PosixFilePermissions.fromString("rw-r-----");
        private static final Set<PosixFilePermission> RUN_FILE = PosixFilePermissions.fromString("rwxr-x---");

        @Override
        public List<String> prefix() {
            return List.of(
                    SystemProgram.path("setpriv"),
                    "--reuid=" + uid,
                    "--regid=" + uid,
                    "--clear-groups",
                    "--no-new-privs",
                    "--inh-caps=-all",
                    "--bounding-set=-all");
        }

        @Override
        public void own(Path folder) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : (Iterable<Path>) all::iterator) {
                    Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                    Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot give " + folder + " to user " + uid, e);
            }
        }

        @Override
        public boolean owns(Path path) {
            try {
                return Integer.valueOf(uid).equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot look at " + path, e);
            }
        }

        @Override
        public void letPass(Path folder) {
            try {
                Files.setAttribute(folder, "unix:gid", uid);
                Files.setPosixFilePermissions(folder, READ_FOLDER);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot let user " + uid + " pass " + folder, e);
            }
        }

        @Override
        public void letRead(Path folder) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : (Iterable<Path>) all::iterator) {
                    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                        letPass(path);
                    } else {
                        Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
                        if (!Files.isSymbolicLink(path)) {
                            Files.setPosixFilePermissions(path, isProgram(path) ? RUN_FILE : READ_FILE);
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot let user " + uid + " read " + folder, e);
            }
        }
    }

    private static boolean isProgram(Path file) throws IOException {
        return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                .contains(PosixFilePermission.OWNER_EXECUTE);
    }

    /// Whether this process is root and may give children users of their own.
    static boolean weAreRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
