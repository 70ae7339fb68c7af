package io.headgate.deploy;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// An uploaded tar, packed with gzip or not: a stranger's file, read once, in a stream, under our limits.
///
/// The library parses; what is allowed is decided here and in {@link BundleFiles}. Memory does not grow with what the
/// archive holds.
final class BundleArchive {
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final int RECORD = 512;
    private static final int BUFFER = 1 << 16;
    private static final int END_ZEROS = 2 * RECORD;

    private final Path file;
    private final ArchiveLimits limits;

    BundleArchive(Path file, ArchiveLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    /// Unpacks into a fresh folder that only we can write; refused leaves behind what was unpacked so far.
    BundleFiles.Contents unpackInto(Path folder) throws ArchiveRefused, IOException {
        if (Files.size(file) == 0) {
            throw new ArchiveRefused("archive refused: it has 0 bytes; an archive without entries is a tar, too");
        }
        BundleFiles files = new BundleFiles(folder, limits);
        try (InputStream raw = Files.newInputStream(file);
                MeteredStream packed = new MeteredStream(new BufferedInputStream(raw, BUFFER), _ -> {})) {
            PushedBack start = PushedBack.of(packed);
            if (start.first() == GZIP_FIRST && start.second() == GZIP_SECOND) {
                unzip(start.stream(), packed, files);
            } else {
                unpack(new MeteredStream(start.stream(), this::refuseBeyondTotal), files);
            }
        } catch (MeteredStream.Stopped e) {
            throw new ArchiveRefused("archive refused: " + e.getMessage());
        }
        return files.finish();
    }

    private void unzip(InputStream start, MeteredStream packed, BundleFiles files) throws ArchiveRefused, IOException {
        GzipCompressorInputStream gzip;
        try {
            gzip = GzipCompressorInputStream.builder()
                    .setInputStream(start)
                    .setDecompressConcatenated(false)
                    .get();
        } catch (IOException e) {
            throw new ArchiveRefused("archive refused: it begins like gzip, but its header is damaged");
        }
        unpack(
                new MeteredStream(gzip, bytes -> {
                    refuseBeyondTotal(bytes);
                    refuseBeyondRatio(bytes, packed.count());
                }),
                files);
        if (start.read() >= 0) {
            throw new ArchiveRefused("archive refused: something follows the end of the gzip stream");
        }
    }

    private void unpack(MeteredStream tape, BundleFiles files) throws ArchiveRefused, IOException {
        try {
            TarArchiveInputStream tar = new TarArchiveInputStream(tape, RECORD, RECORD, "UTF-8", false);
            TarArchiveEntry entry = next(tar, tape);
            while (entry != null) {
                take(entry, tar, files);
                entry = next(tar, tape);
            }
            refuseWhatFollows(tape);
        } catch (EOFException e) {
            throw new ArchiveRefused("archive refused: it is cut off");
        } catch (MeteredStream.Stopped | BundleFiles.WriteFailed e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new ArchiveRefused("archive refused: " + sentence(e));
        }
    }

    private @Nullable TarArchiveEntry next(TarArchiveInputStream tar, MeteredStream tape)
            throws IOException, ArchiveRefused {
        tape.budget(limits.headerBytes());
        try {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry != null && !entry.isCheckSumOK()) {
                throw new ArchiveRefused("archive refused: it is not a tar, or damaged");
            }
            return entry;
        } finally {
            tape.endBudget();
        }
    }

    private void take(TarArchiveEntry entry, TarArchiveInputStream tar, BundleFiles files)
            throws ArchiveRefused, IOException {
        String name = entry.getName();
        ArchivePath path = ArchivePath.of(name, limits);
        if (entry.isSparse()) {
            throw refused(name, "is a sparse file; only regular files, folders and symbolic links are taken");
        }
        switch (entry.getLinkFlag()) {
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM -> {
                if (name.endsWith("/")) {
                    files.folder(path);
                } else {
                    files.file(path, entry.getSize(), (entry.getMode() & 0100) != 0, tar);
                }
            }
            case TarConstants.LF_DIR -> files.folder(path);
            case TarConstants.LF_SYMLINK -> files.link(path, entry.getLinkName());
            case TarConstants.LF_LINK -> throw refused(name, "is a hard link");
            case TarConstants.LF_CHR, TarConstants.LF_BLK -> throw refused(name, "is a device");
            case TarConstants.LF_FIFO -> throw refused(name, "is a pipe");
            default ->
                throw refused(
                        name, "is of a kind that is not taken: only regular files, folders and symbolic links are");
        }
    }

    /// After the end nothing but zeros may come, as some writers pad.
    private static void refuseWhatFollows(MeteredStream tape) throws IOException, ArchiveRefused {
        byte[] buffer = new byte[BUFFER];
        int read = tape.read(buffer, 0, BUFFER);
        while (read > 0) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] != 0) {
                    throw new ArchiveRefused("archive refused: something follows the end of the tar");
                }
            }
            read = tape.read(buffer, 0, BUFFER);
        }
        if (tape.trailingZeros() < END_ZEROS) {
            throw new ArchiveRefused("archive refused: it is cut off, or not a tar");
        }
    }

    private void refuseBeyondTotal(long bytes) throws MeteredStream.Stopped {
        if (bytes > limits.unpackedBytes()) {
            throw new MeteredStream.Stopped("unpacked it is too large: given more than " + limits.unpackedBytes()
                    + " bytes, allowed " + limits.unpackedBytes());
        }
    }

    private void refuseBeyondRatio(long unpacked, long packed) throws MeteredStream.Stopped {
        if (unpacked > limits.ratioFromBytes() && unpacked / Math.max(1, packed) > limits.ratio()) {
            throw new MeteredStream.Stopped("it unpacks to more than " + limits.ratio()
                    + " times its size: given " + unpacked + " bytes from " + packed + ", allowed "
                    + limits.ratio() + " to 1");
        }
    }

    private static ArchiveRefused refused(String name, String because) {
        return new ArchiveRefused("archive refused: " + ArchivePath.shown(name) + " " + because);
    }

    /// The library's words name no secrets, but may be a riddle alone.
    private static String sentence(Exception e) {
        String words = String.valueOf(e.getMessage());
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("truncated") || lower.contains("unexpected end")) {
            return "it is cut off";
        }
        return lower.contains("gzip") || lower.contains("crc")
                ? "the gzip stream is damaged"
                : "it is not a tar, or damaged (" + ArchivePath.shown(words) + ")";
    }

    /// A stream of which the first two bytes are known; -1 where there is none.
    private record PushedBack(int first, int second, InputStream stream) {
        static PushedBack of(InputStream in) throws IOException {
            BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
            buffered.mark(2);
            int first = buffered.read();
            int second = buffered.read();
            buffered.reset();
            return new PushedBack(first, second, buffered);
        }
    }
}
