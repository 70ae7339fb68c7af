package io.headgate.runtime.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The file that a component's output is appended to, kept from growing without limit.
///
/// The process holds it open for its whole life, so it cannot be renamed away: it is copied and emptied. Lines printed
/// in that moment can be lost. The writer appends, so it goes on at the new end.
///
/// @param bytesMax a file longer than this is rotated; with its predecessors it takes up to `(1 + KEPT)` times as much
record ComponentLog(Path file, long bytesMax) {
    static final long BYTES_MAX = 8L * 1024 * 1024;
    static final int KEPT = 2;

    static ComponentLog of(Path folder, String name) {
        return new ComponentLog(folder.resolve(name + ".log"), BYTES_MAX);
    }

    /// Makes it, for our eyes only, before a process appends to it.
    Path ready() {
        try {
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + file, e);
        }
    }

    void rotateIfLong() {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) <= bytesMax) {
                return;
            }
            for (int age = KEPT; age > 1; age--) {
                Path younger = predecessor(age - 1);
                if (Files.isRegularFile(younger)) {
                    Files.move(younger, predecessor(age), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            copyEnd(predecessor(1));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot rotate " + file, e);
        }
    }

    Path predecessor(int age) {
        return file.resolveSibling(file.getFileName() + "." + age);
    }

    /// Something that printed gigabytes between two looks keeps only the last part of them.
    private void copyEnd(Path target) throws IOException {
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(
                        target,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            long size = from.size();
            long position = Math.max(0, size - bytesMax);
            while (position < size) {
                long copied = from.transferTo(position, size - position, to);
                if (copied <= 0) {
                    return;
                }
                position += copied;
            }
        }
    }
}
