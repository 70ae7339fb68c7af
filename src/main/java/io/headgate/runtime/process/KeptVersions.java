package io.headgate.runtime.process;

import io.headgate.host.FileTree;
import io.headgate.host.RunAs;
import io.headgate.kernel.FailPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// The bundle versions of one Deployment: folders that appear and disappear as a whole and never change.
record KeptVersions(DeploymentFolder folder) {
    private static final Logger LOG = Logger.getLogger(KeptVersions.class);

    /// A name that no version can have: half deleted ones.
    private static final String GOING = ".going-";

    /// Moves a staged archive there, readable for the user and writable for us alone.
    void take(String name, Path staged, RunAs user) {
        Path version = folder.versions().resolve(name);
        try {
            if (Files.isDirectory(version, LinkOption.NOFOLLOW_LINKS)) {
                FileTree.delete(staged);
                return;
            }
            user.letRead(staged);
            forceAll(staged);
            FailPoint.VERSION_KEEP_BEFORE_RENAME.pass();
            Files.move(staged, version, StandardCopyOption.ATOMIC_MOVE);
            force(folder.versions());
            FailPoint.VERSION_KEEP_AFTER_RENAME.pass();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + staged + " as " + version, e);
        }
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.versions())) {
            for (Path version : found) {
                String name = String.valueOf(version.getFileName());
                if (!name.startsWith(".") && Files.isDirectory(version, LinkOption.NOFOLLOW_LINKS)) {
                    names.add(name);
                }
            }
            return names;
        } catch (NoSuchFileException e) {
            return Set.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder.versions(), e);
        }
    }

    /// The version that Airflow is told to serve stays, whoever says otherwise.
    void discard(String name) {
        if (name.isEmpty() || name.startsWith(".") || name.contains("/")) {
            throw new IllegalArgumentException("not the folder of a version: " + name);
        }
        Path version = folder.versions().resolve(name);
        try {
            if (name.equals(current())) {
                LOG.warnf("%s is not thrown away: it is what Airflow serves", version);
                return;
            }
            Path going = folder.versions().resolve(GOING + name);
            if (Files.isDirectory(version, LinkOption.NOFOLLOW_LINKS)) {
                FileTree.delete(going);
                Files.move(version, going, StandardCopyOption.ATOMIC_MOVE);
                FailPoint.VERSION_DISCARD_AFTER_RENAME.pass();
            }
            FileTree.delete(going);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot throw " + version + " away", e);
        }
    }

    /// Finishes what a kill interrupted.
    void finishDiscarding() {
        if (!Files.isDirectory(folder.versions())) {
            return;
        }
        try (DirectoryStream<Path> going = Files.newDirectoryStream(folder.versions(), GOING + "*")) {
            for (Path version : going) {
                FileTree.delete(version);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear " + folder.versions(), e);
        }
    }

    private String current() throws IOException {
        return Files.isRegularFile(folder.current())
                ? Files.readString(folder.current()).strip()
                : "";
    }

    /// Everything below is on disk before the name says that the version is there.
    private static void forceAll(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (!Files.isSymbolicLink(path)) {
                    force(path);
                }
            }
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
