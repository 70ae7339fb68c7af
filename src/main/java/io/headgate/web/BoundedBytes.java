package io.headgate.web;

import io.headgate.kernel.Problem;
import io.headgate.kernel.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/// Reads a body to its end, unless it is too large or takes too long.
public final class BoundedBytes {
    /// A mebibyte at 17 KiB/s. The HTTP server bounds the wait for each piece; a byte now and then would get by that.
    static final Duration WHOLE = Duration.ofSeconds(60);

    private static final int PIECE_BYTES = 8192;

    private final int bytesMax;
    private final LongSupplier nanos;

    /// @param nanos a clock that never jumps
    BoundedBytes(int bytesMax, LongSupplier nanos) {
        this.bytesMax = bytesMax;
        this.nanos = nanos;
    }

    /// All bytes of a body, if they are not too many and come in time; a 413 or 408 otherwise.
    public static byte[] ofBody(int bytesMax, MultivaluedMap<String, String> headers, InputStream stream) {
        BoundedBytes bytes = new BoundedBytes(bytesMax, System::nanoTime);
        String declared = headers.getFirst(HttpHeaders.CONTENT_LENGTH);
        // the HTTP server has already refused other texts
        bytes.refuseBeyondLimit(declared == null ? 0 : Long.parseLong(declared));
        return bytes.read(stream);
    }

    byte[] read(InputStream stream) {
        long end = nanos.getAsLong() + WHOLE.toNanos();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE_BYTES];
        try {
            for (int read = stream.read(piece); read >= 0; read = stream.read(piece)) {
                bytes.write(piece, 0, read);
                refuseBeyondLimit(bytes.size());
                if (nanos.getAsLong() - end > 0) {
                    throw late();
                }
            }
        } catch (IOException e) {
            // the HTTP server stopped waiting for a piece, or the client is gone and hears no answer anyway
            throw late();
        }
        return bytes.toByteArray();
    }

    void refuseBeyondLimit(long bytes) {
        if (bytes > bytesMax) {
            throw new Problem(
                            413,
                            "request.too-large",
                            "body too large: at most " + bytesMax + " bytes are read",
                            List.of())
                    .asException();
        }
    }

    private static ProblemException late() {
        return new Problem(408, "request.timeout", "the body of the request did not arrive in time", List.of())
                .asException();
    }
}
