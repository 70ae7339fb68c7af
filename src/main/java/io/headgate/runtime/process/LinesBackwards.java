package io.headgate.runtime.process;

import io.headgate.deployment.log.ComponentLogs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// Reads files from their ends, one block after the other, and gives the last line first.
///
/// However long a line is, no more of it than {@link ComponentLogs#LINE_BYTES_MAX} is held: its start.
final class LinesBackwards {
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int LINE_BYTES_MAX = ComponentLogs.LINE_BYTES_MAX;
    private static final byte LINE_FEED = '\n';

    private final Predicate<String> wantsMore;
    private long budget;

    /// The start, as far as it was read, of a line whose end has been passed.
    private byte[] line = new byte[0];

    /// Whether a line has ended after the place that was reached: an empty one is a line, too.
    private boolean begun;

    LinesBackwards(long bytesMax, Predicate<String> wantsMore) {
        this.budget = bytesMax;
        this.wantsMore = wantsMore;
    }

    /// False if no more is wanted, or allowed. What is cut off at the end of a file counts as a line.
    boolean read(SeekableByteChannel channel, long size) throws IOException {
        long end = size;
        begun = false;
        line = new byte[0];
        while (end > 0) {
            if (budget <= 0) {
                return false;
            }
            long start = Math.max(0, end - BLOCK_BYTES);
            byte[] block = bytes(channel, start, (int) (end - start));
            budget -= end - start;
            boolean last = end == size;
            if (!lines(block, last)) {
                return false;
            }
            end = start;
        }
        return !begun || wantsMore.test(text());
    }

    private boolean lines(byte[] block, boolean lastBlock) {
        int end = block.length;
        if (lastBlock && end > 0 && block[end - 1] == LINE_FEED) {
            end--;
        }
        begun = begun || block.length > 0;
        for (int i = end - 1; i >= 0; i--) {
            if (block[i] == LINE_FEED) {
                prepend(block, i + 1, end);
                if (!wantsMore.test(text())) {
                    return false;
                }
                line = new byte[0];
                end = i;
            }
        }
        prepend(block, 0, end);
        return true;
    }

    private void prepend(byte[] block, int start, int end) {
        int fresh = Math.min(end - start, LINE_BYTES_MAX);
        int kept = Math.min(line.length, LINE_BYTES_MAX - fresh);
        byte[] joined = new byte[fresh + kept];
        System.arraycopy(block, start, joined, 0, fresh);
        System.arraycopy(line, 0, joined, fresh, kept);
        line = joined;
    }

    private String text() {
        return new String(line, StandardCharsets.UTF_8);
    }

    /// Fewer if the file was emptied meanwhile.
    private static byte[] bytes(SeekableByteChannel channel, long start, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        channel.position(start);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // goes on until the block is full or the file ends
        }
        byte[] found = new byte[buffer.position()];
        buffer.flip().get(found);
        return found;
    }
}
