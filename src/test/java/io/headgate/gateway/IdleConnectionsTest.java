package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.testing.Eventually;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Ten thousand connections that do nothing cost little, hinder nobody, and end.
class IdleConnectionsTest {
    /// Ten thousand, or fewer where the system does not give a process that many open files.
    private static final int CROWD = Math.min(
            10_000, OpenFiles.connections(GatewaySettings.Limits.standard().clientConnections()) - 100);

    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// On top of what the kernel keeps for a socket.
    private static final long BYTES_EACH_MAX = 16 * 1024;

    @Test
    void tenThousandAreBorneAndThenClosedAndAUsedOneIsNot() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin, settings -> settings.withTimeouts(idle()));
                RawClient used = gateway.connect()) {
            String request = gateway.request("GET", TestGateway.API + "/dags");
            assertThat(used.exchange(request).status()).isEqualTo(200);
            long before = memory();
            Process crowd = crowd(gateway.port());
            try (BufferedReader told = crowd.inputReader()) {
                assertThat(told.readLine()).isEqualTo("open " + CROWD);
                Await.until("all are accepted", () -> gateway.connections() == CROWD + 1);
                long each = (memory() - before) / CROWD;

                assertThat(gateway.get(TestGateway.API + "/dags").status())
                        .as("another caller meanwhile")
                        .isEqualTo(200);
                report("%d idle connections, %d bytes of memory each".formatted(CROWD, each));
                assertThat(each).isLessThan(BYTES_EACH_MAX);

                Eventually.holds("only the used one is left", PATIENCE, () -> {
                    assertThat(status(used, request)).as("control: in use").isEqualTo(200);
                    return gateway.connections() == 1;
                });
                assertThat(told.readLine()).isEqualTo("closed " + CROWD);
                assertThat(used.exchange(request).status()).isEqualTo(200);
            } finally {
                crowd.destroyForcibly();
            }
        }
    }

    private static int status(RawClient client, String request) {
        try {
            return client.exchange(request).status();
        } catch (IOException e) {
            throw new AssertionError("the used connection was closed", e);
        }
    }

    /// What is alive on the heap, and what Netty holds beside it.
    private static long memory() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    private static Process crowd(int port) throws IOException, java.net.URISyntaxException {
        Path classes = Path.of(IdleCrowd.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes.toString(),
                        IdleCrowd.class.getName(),
                        Integer.toString(port),
                        Integer.toString(CROWD))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @SuppressWarnings("SystemOut") // a figure for people
    private static void report(String line) {
        System.out.println(line);
    }

    private static GatewaySettings.Timeouts idle() {
        GatewaySettings.Timeouts standard = GatewaySettings.Timeouts.standard();
        return new GatewaySettings.Timeouts(
                standard.connect(),
                standard.requestHead(),
                IDLE,
                standard.requestBody(),
                standard.wholeRequestBody(),
                standard.responseHead(),
                standard.responseIdle(),
                standard.streamIdle(),
                standard.upstreamIdle(),
                standard.linger(),
                standard.drain());
    }
}
