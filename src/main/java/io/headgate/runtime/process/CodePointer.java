package io.headgate.runtime.process;

import io.headgate.deployment.BundleVersion;
import io.headgate.host.RunAs;
import io.headgate.kernel.FailPoint;
import io.headgate.storage.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;

/// The file that says which version of a Deployment's code Airflow is to serve.
final class CodePointer {
    /// Airflow parses again what looks newer than its last parse of it, and that may still be running or begin at any
    /// moment: files that look a little younger than now are parsed within a second by every loop there is.
    private static final Duration AHEAD = Duration.ofSeconds(3);

    private final DeploymentFolder folder;
    private final RunAs user;
    private final Clock clock;

    CodePointer(DeploymentFolder folder, RunAs user, Clock clock) {
        this.folder = folder;
        this.user = user;
        this.clock = clock;
    }

    boolean names(BundleVersion version) {
        try {
            return Files.readString(folder.current()).strip().equals(version.folderName());
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.current(), e);
        }
    }

    boolean canName(BundleVersion version) {
        return Files.isDirectory(files(version), LinkOption.NOFOLLOW_LINKS);
    }

    /// Atomic: whoever reads it finds the old version or the new one, and may read it from the first moment.
    void moveTo(BundleVersion version) {
        touch(files(version));
        FailPoint.ACTIVATION_FILES_TOUCHED.pass();
        Path next = folder.code().resolve("next");
        PrivateFiles.write(next, version.folderName());
        user.letRead(next);
        FailPoint.ACTIVATION_POINTER_WRITTEN.pass();
        PrivateFiles.replace(next, folder.current());
        FailPoint.ACTIVATION_POINTER_MOVED.pass();
    }

    private void touch(Path files) {
        FileTime soon = FileTime.from(clock.instant().plus(AHEAD));
        try (Stream<Path> all = Files.walk(files)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                // a link could lead to a file that is not ours to touch
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setLastModifiedTime(file, soon);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot touch the files in " + files, e);
        }
    }

    private Path files(BundleVersion version) {
        return folder.versions().resolve(version.folderName());
    }
}
