package io.headgate.runtime.process;

import io.headgate.deployment.log.LogPart;
import io.headgate.deployment.log.LogPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Reads a {@link ComponentLog} while it is written and turned over; a part at a time, never a whole file.
///
/// The file is emptied when it is turned over, so a position in it says nothing by itself: with it goes the time at
/// which
/// the predecessor was made, the position's generation.
record LogReader(ComponentLog log) {
    /// How far back is looked for lines that are wanted.
    static final long BACKWARDS_BYTES_MAX = 8L * 1024 * 1024;

    /// Of one answer.
    static final int PART_BYTES_MAX = 256 * 1024;

    /// A reader that is further behind than that skips what it has missed.
    static final long BEHIND_BYTES_MAX = 8L * PART_BYTES_MAX;

    LogPosition backwards(Predicate<String> wantsMore) {
        long generation = generation();
        long size = 0;
        LinesBackwards lines = new LinesBackwards(BACKWARDS_BYTES_MAX, wantsMore);
        List<Path> newestFirst = new ArrayList<>(List.of(log.file()));
        for (int age = 1; age <= ComponentLog.KEPT; age++) {
            newestFirst.add(log.predecessor(age));
        }
        for (Path file : newestFirst) {
            try (SeekableByteChannel channel = open(file)) {
                long end = channel.size();
                size = file.equals(log.file()) ? end : size;
                if (!lines.read(channel, end)) {
                    break;
                }
            } catch (NoSuchFileException _) {
                // nothing printed yet, or turned over at this moment: what is older may be there all the same
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        return new LogPosition(generation, size);
    }

    LogPart since(LogPosition position) {
        long generation = generation();
        try (SeekableByteChannel channel = open(log.file())) {
            long size = channel.size();
            boolean turned = generation != position.generation();
            if (turned && size > log.bytesMax()) {
                // the predecessor is being made and the file not emptied yet
                return new LogPart(List.of(), position, false);
            }
            boolean emptied = turned || size < position.offset();
            long from = emptied ? 0 : position.offset();
            boolean behind = size - from > BEHIND_BYTES_MAX;
            return new LinesForwards(generation, behind ? size - PART_BYTES_MAX : from, behind)
                    .read(channel, behind || turned);
        } catch (NoSuchFileException _) {
            return new LogPart(List.of(), new LogPosition(generation, 0), false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log.file(), e);
        }
    }

    private long generation() {
        try {
            return Files.getLastModifiedTime(log.predecessor(1), LinkOption.NOFOLLOW_LINKS)
                    .toMillis();
        } catch (IOException _) {
            return 0;
        }
    }

    private static SeekableByteChannel open(Path file) throws IOException {
        return Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }
}
