package io.headgate.launch;

import io.headgate.host.RunAs;
import io.headgate.storage.Keys;
import io.headgate.storage.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/// The folder of everything that must survive, and what lies where in it.
///
/// As root other user ids pass through it to their own folders (0711), but can list and read nothing that is not
/// theirs.
record DataFolder(Path root) {

    /// Makes the folder; as root refuses one that Deployments' users could not reach, naming the parent in the way.
    static DataFolder prepared(Path root, boolean weAreRoot) {
        Path absolute = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            Files.setPosixFilePermissions(
                    absolute, PosixFilePermissions.fromString(weAreRoot ? "rwx--x--x" : "rwx------"));
        } catch (IOException e) {
            throw new LaunchException("cannot use the data folder " + absolute + ": " + e.getMessage(), e);
        }
        if (weAreRoot) {
            refuseClosedParents(absolute, "data");
        }
        DataFolder folder = new DataFolder(absolute);
        PrivateFiles.folder(folder.run());
        PrivateFiles.folder(folder.trash());
        return folder;
    }

    /// Makes the cache folder readable by the users that run Airflow and PostgreSQL from it.
    static Path preparedCache(Path root, boolean weAreRoot) {
        Path absolute = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            if (weAreRoot) {
                Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwxr-xr-x"));
                refuseClosedParents(absolute, "cache");
            }
        } catch (IOException e) {
            throw new LaunchException("cannot use the cache folder " + absolute + ": " + e.getMessage(), e);
        }
        return absolute;
    }

    Path run() {
        return root.resolve("run");
    }

    Path lock() {
        return run().resolve("lock");
    }

    Path state() {
        return run().resolve("headgate.json");
    }

    Path adminSocket() {
        return run().resolve("admin.sock");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path trash() {
        return root.resolve("trash");
    }

    Path uploads() {
        return root.resolve("uploads");
    }

    Path audit() {
        return root.resolve("audit");
    }

    /// Of the local authority for https: its certificate is for everybody, its key is not.
    Path tls() {
        return root.resolve("tls");
    }

    Keys keys() {
        return new Keys(root.resolve("keys"));
    }

    /// Whom the built-in database runs as: under root a user id of its own, just below those of Deployments.
    static RunAs databaseUser(boolean weAreRoot, int firstUid) {
        return weAreRoot ? new RunAs.UserId(firstUid - 1) : new RunAs.Ourselves();
    }

    private static void refuseClosedParents(Path folder, String what) {
        for (Path parent = folder.getParent(); parent != null; parent = parent.getParent()) {
            try {
                if (!Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    throw new LaunchException("the " + what + " folder " + folder + " lies below " + parent
                            + ", which other users cannot pass; Deployments run under users of their own."
                            + " Use another folder, or: chmod o+x " + parent);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
