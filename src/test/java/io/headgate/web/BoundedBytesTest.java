package io.headgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.kernel.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A body is read to its end, unless it is too large, takes too long or breaks off.
final class BoundedBytesTest {
    private static final int MAX = 1000;

    private long now = Long.MAX_VALUE - 1; // System.nanoTime may be anything, and run over
    private Duration betweenBytes = Duration.ZERO;

    private final BoundedBytes bytes = new BoundedBytes(MAX, () -> now);

    @Test
    void aByteNowAndThenIsNotWaitedForLongAndTheSameBytesInTimeAreRead() {
        assertThat(bytes.read(dripping(MAX))).as("control").hasSize(MAX);
        betweenBytes = Duration.ofMillis(59);
        assertThat(bytes.read(dripping(MAX))).as("control: just in time").hasSize(MAX);

        betweenBytes = Duration.ofSeconds(1);
        long before = now;

        assertThat(status(dripping(MAX))).isEqualTo(408);
        assertThat(Duration.ofNanos(now - before)).isBetween(BoundedBytes.WHOLE, BoundedBytes.WHOLE.plusSeconds(2));
    }

    @Test
    void oneByteTooManyIsRefused() {
        assertThat(bytes.read(new ByteArrayInputStream(new byte[MAX]))).hasSize(MAX);
        assertThat(status(new ByteArrayInputStream(new byte[MAX + 1]))).isEqualTo(413);
    }

    @Test
    void aBodyThatBreaksOffIsNoFaultOfOurs() {
        assertThat(status(new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("Read timed out");
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        throw new IOException("Read timed out");
                    }
                }))
                .isEqualTo(408);
    }

    private int status(InputStream stream) {
        return catchThrowableOfType(ProblemException.class, () -> bytes.read(stream))
                .problem()
                .status();
    }

    private InputStream dripping(int length) {
        return new FilterInputStream(new ByteArrayInputStream(new byte[length])) {
            @Override
            public int read(byte[] buffer, int offset, int ignored) throws IOException {
                now += betweenBytes.toNanos();
                return super.read(buffer, offset, 1);
            }
        };
    }
}
