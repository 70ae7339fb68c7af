package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Bodies pass through the gateway, they do not stay in it: who reads slowly slows down who writes.
@ParameterizedClass
@EnumSource(Transport.class)
class BackPressureTest {
    private final Transport transport;

    private static final long MEBIBYTE = 1024 * 1024;
    private static final long TOTAL = 200 * MEBIBYTE;

    /// What two sockets and the gateway may hold together; loopback buffers grow to a few MiB each.
    private static final long IN_FLIGHT_MAX = 32 * MEBIBYTE;

    private static final byte[] PIECE = new byte[64 * 1024];

    BackPressureTest(Transport transport) {
        this.transport = transport;
    }

    @Test
    void aSlowReaderStallsAirflowAndThenGetsEverything() throws Exception {
        AtomicLong written = new AtomicLong();
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    request.lines("HTTP/1.1 200 OK", "Content-Length: " + TOTAL, "", "");
                    pour(request.out(), written);
                });
                TestGateway gateway = TestGateway.before(origin).over(transport);
                RawClient client = gateway.connect()) {
            long memoryBefore = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
            client.send(gateway.request("GET", TestGateway.API + "/dags")).responseHead();
            awaitStall(written);
            assertThat(written.get()).isPositive().isLessThan(IN_FLIGHT_MAX);
            assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - memoryBefore)
                    .isLessThan(IN_FLIGHT_MAX);

            assertThat(drain(client.in(), TOTAL)).isEqualTo(TOTAL);
            assertThat(written.get()).isEqualTo(TOTAL);
            assertThat(client.exchange(gateway.request("GET", TestGateway.API + "/nothing"))
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void aSlowAirflowStallsTheCallerAndThenGetsEverything() throws Exception {
        AtomicLong written = new AtomicLong();
        SynchronousQueue<String> go = new SynchronousQueue<>();
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    try {
                        go.take();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    request.ok(Long.toString(drain(request.in(), TOTAL)));
                });
                TestGateway gateway = TestGateway.before(
                                origin,
                                settings ->
                                        settings.withLimits(settings.limits().withBodyBytes((int) TOTAL)))
                        .over(transport);
                RawClient client = gateway.connect()) {
            long memoryBefore = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
            client.send(gateway.request("POST", TestGateway.API + "/variables", "Content-Length: " + TOTAL));
            OutputStream upload = client.socket().getOutputStream();
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    pour(upload, written);
                } catch (IOException closed) {
                    throw new UncheckedIOException(closed);
                }
            });
            awaitStall(written);
            assertThat(written.get()).isPositive().isLessThan(IN_FLIGHT_MAX);
            assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - memoryBefore)
                    .isLessThan(IN_FLIGHT_MAX);

            assertThat(go.offer("go", 20, TimeUnit.SECONDS)).isTrue();
            assertThat(client.response().body()).isEqualTo(Long.toString(TOTAL));
            writer.join();
        }
    }

    private static void pour(OutputStream out, AtomicLong written) throws IOException {
        for (long left = TOTAL; left > 0; left -= PIECE.length) {
            out.write(PIECE);
            written.addAndGet(PIECE.length);
        }
    }

    private static long drain(InputStream in, long length) throws IOException {
        byte[] buffer = new byte[256 * 1024];
        long total = 0;
        while (total < length) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, length - total));
            if (read < 0) {
                return total;
            }
            total += read;
        }
        return total;
    }

    /// Blocked means: something was written, and then nothing for many looks.
    private static void awaitStall(AtomicLong written) {
        long[] last = {-1};
        int[] quiet = {0};
        Await.until("the writer is blocked", () -> {
            long now = written.get();
            quiet[0] = now == last[0] && now > 0 ? quiet[0] + 1 : 0;
            last[0] = now;
            return quiet[0] > 500;
        });
    }
}
