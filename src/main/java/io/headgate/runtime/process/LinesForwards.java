package io.headgate.runtime.process;

import io.headgate.deployment.log.ComponentLogs;
import io.headgate.deployment.log.LogPart;
import io.headgate.deployment.log.LogPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads whole lines from a place in a file on.
///
/// @param startsInALine whether that place may be within a line, whose rest is left out then
record LinesForwards(long generation, long from, boolean startsInALine) {
    private static final byte LINE_FEED = '\n';

    /// A line that has not ended is left for the next time, unless it is longer than is shown anyway.
    LogPart read(SeekableByteChannel channel, boolean gap) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LogReader.PART_BYTES_MAX);
        channel.position(from);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // goes on until the part is full or the file ends
        }
        byte[] bytes = buffer.array();
        int length = buffer.position();
        List<String> lines = new ArrayList<>();
        int start = 0;
        boolean skip = startsInALine;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == LINE_FEED) {
                if (!skip) {
                    lines.add(text(bytes, start, i));
                }
                skip = false;
                start = i + 1;
            }
        }
        if (length - start > ComponentLogs.LINE_BYTES_MAX) {
            lines.add(text(bytes, start, length));
            start = length;
        }
        return new LogPart(lines, new LogPosition(generation, from + start), gap);
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, Math.min(end - start, ComponentLogs.LINE_BYTES_MAX), StandardCharsets.UTF_8);
    }
}
