package io.headgate.audit;

import io.headgate.audit.SealingKey.ChainValue;
import io.headgate.storage.JsonColumn;
import io.headgate.storage.PrivateFiles;
import io.headgate.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The file of signed checkpoints beside the database, one JSON object a line: what tells that rows at the end of the
/// log
/// were removed, which the chain alone cannot.
///
/// A line counts when its line break is on disk. A kill in the middle of one leaves a torn end, which was never told to
/// anybody and is cut off by the next line. One process at a time appends: whoever holds the data folder.
public final class CheckpointFile {
    private final Path file;

    public CheckpointFile(Path folder) {
        this.file = PrivateFiles.folder(folder).resolve("checkpoints.ndjson");
    }

    Path path() {
        return file;
    }

    boolean exists() {
        return Files.isRegularFile(file);
    }

    /// Adds a line and waits until it is on disk.
    synchronized void append(ChainPlace place) {
        try {
            if (!exists()) {
                PrivateFiles.write(file, line(place));
                return;
            }
            try (FileChannel channel =
                    FileChannel.open(file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE))) {
                channel.truncate(endOfLastLine(channel));
                channel.position(channel.size());
                ByteBuffer bytes = ByteBuffer.wrap(line(place).getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /// Forgets what lies before the cut, which takes its place as the first line.
    synchronized void cut(ChainPlace cut) {
        if (exists()) {
            String kept = read().places().stream()
                    .filter(place -> place.sequence() > cut.sequence())
                    .map(CheckpointFile::line)
                    .collect(Collectors.joining());
            PrivateFiles.write(file, line(cut) + kept);
        }
    }

    /// Every whole line; throws {@link Unreadable} at one that none of us wrote.
    synchronized Told read() {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        List<ChainPlace> places = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            places.add(place(text.substring(start, end), places.size() + 1));
            start = end + 1;
        }
        return new Told(places);
    }

    /// A line that is not a checkpoint.
    static final class Unreadable extends RuntimeException {
        Unreadable(int line, Throwable cause) {
            super("line " + line + " of the file of checkpoints is damaged", cause);
        }
    }

    /// A checkpoint as it stands in the file.
    private record Line(
            ChainPlace.Kind kind, long sequence, String eventId, String chain, String at, String keyId, String mac) {}

    private static String line(ChainPlace place) {
        return JsonColumn.write(new Line(
                        place.kind(),
                        place.sequence(),
                        place.eventId(),
                        place.chain().toString(),
                        place.at().toString(),
                        place.keyId(),
                        place.mac().toString()))
                + "\n";
    }

    private static ChainPlace place(String text, int number) {
        try {
            Line line = JsonColumn.read(text, Line.class);
            return new ChainPlace(
                    line.kind,
                    line.sequence,
                    line.eventId,
                    ChainValue.parse(line.chain),
                    Instant.parse(line.at),
                    line.keyId,
                    ChainValue.parse(line.mac));
        } catch (StorageException | IllegalArgumentException | DateTimeException | NullPointerException e) {
            throw new Unreadable(number, e);
        }
    }

    /// Lines are short: what follows the last line break is at most one of them.
    private static long endOfLastLine(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long end = size; end > 0; end--) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }
}
