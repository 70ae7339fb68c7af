package io.headgate.deploy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Counts what passes, and stops it at whichever limit is reached first.
final class MeteredStream extends FilterInputStream {
    private final Watch watch;
    private long count;
    private long trailingZeros;
    private long budgetEnd = Long.MAX_VALUE;

    /// Asked after every read with all that has passed.
    @FunctionalInterface
    interface Watch {
        void passed(long bytes) throws IOException;
    }

    /// The wish to stop, on its way through a parser that knows only I/O errors.
    static final class Stopped extends IOException {
        Stopped(String message) {
            super(message);
        }
    }

    MeteredStream(InputStream in, Watch watch) {
        super(in);
        this.watch = watch;
    }

    long count() {
        return count;
    }

    /// How many of the last bytes were zero: the end of a tar is 1024 of them.
    long trailingZeros() {
        return trailingZeros;
    }

    /// No more than that many bytes may pass until {@link #endBudget}.
    void budget(long bytes) {
        budgetEnd = count + bytes;
    }

    void endBudget() {
        budgetEnd = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            count += read;
            int zeros = 0;
            while (zeros < read && buffer[offset + read - 1 - zeros] == 0) {
                zeros++;
            }
            trailingZeros = zeros == read ? trailingZeros + read : zeros;
            if (count > budgetEnd) {
                throw new Stopped("the description of an entry is too long");
            }
            watch.passed(count);
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        // reading counts, skipping would not
        byte[] buffer = new byte[(int) Math.min(bytes, 8192)];
        return bytes <= 0 ? 0 : Math.max(0, read(buffer, 0, buffer.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
