package io.headgate.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// PostgreSQL's `initdb` and `postgres`, unpacked once from the class path into the cache.
record PostgresPrograms(Path folder) {
    /// Of the binaries jar; part of the folder's name, so that an upgrade never mixes two versions.
    static final String VERSION = "18.4.0";

    static final String MAJOR_VERSION = "18";

    private static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rwxr-xr-x");

    Path initdb() {
        return folder.resolve("bin/initdb");
    }

    Path postgres() {
        return folder.resolve("bin/postgres");
    }

    /// Unpacks unless a complete copy is there. Safe when two processes do it at once: a file lock, then a rename.
    static PostgresPrograms unpackedIn(Path cache) {
        Path home = cache.resolve("postgresql-" + VERSION);
        try {
            Files.createDirectories(cache);
            try (FileChannel channel = FileChannel.open(
                            cache.resolve("postgresql.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(home)) {
                    Path half = Files.createTempDirectory(cache, "postgresql-");
                    unpack(half);
                    Files.setPosixFilePermissions(half, PUBLIC);
                    Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack PostgreSQL into " + cache, e);
        }
        return new PostgresPrograms(home);
    }

    private static void unpack(Path to) throws IOException {
        String architecture = System.getProperty("os.arch", "").equals("aarch64") ? "arm_64" : "x86_64";
        String resource = "/postgres-linux-" + architecture + ".txz";
        try (InputStream packed = PostgresPrograms.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new StorageException("this build holds no PostgreSQL for " + architecture
                        + "; set database.url to use one of your own");
            }
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    Path target = entry.resolveIn(to);
                    if (entry.isDirectory()) {
                        publicFolder(target);
                    } else if (entry.isSymbolicLink()) {
                        publicFolder(target.resolveSibling("."));
                        Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                    } else {
                        publicFolder(target.resolveSibling("."));
                        Files.copy(tar, target);
                        boolean program = (entry.getMode() & 0100) != 0;
                        Files.setPosixFilePermissions(
                                target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                    }
                }
            }
        }
    }

    /// Readable by the database's own user, whatever our umask is.
    private static void publicFolder(Path folder) throws IOException {
        Path plain = folder.normalize();
        if (!Files.isDirectory(plain)) {
            Files.createDirectories(plain, PosixFilePermissions.asFileAttribute(PUBLIC));
            Files.setPosixFilePermissions(plain, PUBLIC);
        }
    }
}
