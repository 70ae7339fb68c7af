package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever only pretends to speak TLS holds nothing and hinders nobody.
class BadTlsTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final String DAGS = TestGateway.API + "/dags";
    private static final int ENDLESS = 64 * 1024 * 1024;

    /// A record that announces a ClientHello of 512 bytes, and its first ones.
    private static final byte[] BEGUN = HexFormat.of().parseHex("16030102000100" + "01fc0303" + "00".repeat(32));

    @Test
    void aHandshakeThatDoesNotGoOnIsNotWaitedForLong() throws IOException {
        for (byte[] begun : List.of(new byte[] {0x16}, BEGUN)) {
            try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                    TestGateway gateway = TestGateway.before(origin, timeouts(SOON, NEVER));
                    RawClient silent = gateway.connect()) {
                silent.send(begun);
                drain(silent);
                Await.until("it is gone", () -> gateway.connections() == 0);
                assertServes(gateway);
            }
        }
    }

    @Test
    void aHandshakeThatTricklesIsNotWaitedForLong() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin, timeouts(SOON, NEVER));
                RawClient slow = gateway.connect()) {
            slow.send(BEGUN);
            Await.until("it is cut off", () -> {
                try {
                    slow.send(new byte[1]);
                    return gateway.connections() == 0;
                } catch (IOException cutOff) {
                    return true;
                }
            });
            assertServes(gateway);
        }
    }

    /// The limit of silence holds before and after the handshake, as without TLS.
    @Test
    void aSilentConnectionIsClosed() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin, timeouts(NEVER, SOON));
                RawClient begun = gateway.connect().send(new byte[] {0x16});
                RawClient secure = gateway.over(Transport.HTTPS).connect()) {
            drain(begun);
            assertThat(secure.isEnded()).isTrue();
            Await.until("both are gone", () -> gateway.connections() == 0);
        }
    }

    @Test
    void garbageEndsTheConnection() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin, timeouts(NEVER, NEVER))) {
            for (String garbage : List.of(
                    "16" + "ff".repeat(100),
                    "160301" + "0005" + "ff".repeat(200),
                    "16030100050200000000",
                    "1603010000" + "16030100",
                    "16474554202f20485454502f312e310d0a0d0a")) {
                try (RawClient client = gateway.connect()) {
                    client.send(HexFormat.of().parseHex(garbage));
                    drain(client);
                }
                Await.until("it is gone: " + garbage, () -> gateway.connections() == 0);
            }
            assertServes(gateway);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void plainTextInsideTlsEndsTheConnection(String version) throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin, timeouts(NEVER, NEVER));
                RawClient plain = gateway.connect()) {
            handshake(plain, gateway, version);
            plain.send(gateway.request("GET", DAGS));
            drain(plain);
            Await.until("it is gone", () -> gateway.connections() == 0);
            assertThat(origin.requests()).isEmpty();
            assertServes(gateway);
        }
    }

    @Test
    void nobodyShakesHandsTwice() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin, timeouts(NEVER, NEVER));
                RawClient first = gateway.connect();
                RawClient second = gateway.connect()) {
            SSLSocket once = handshake(first, gateway, "TLSv1.2");
            SSLSocket twice = handshake(second, gateway, "TLSv1.2");
            Await.until("both are there", () -> gateway.connections() == 2);
            twice.startHandshake();
            drain(second);

            Await.until("it is gone", () -> gateway.connections() == 1);
            once.getOutputStream().write(gateway.request("GET", DAGS).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(HttpText.head(once.getInputStream()).getFirst())
                    .as("control: the other one")
                    .contains("200");
        }
    }

    /// As the end of a plain connection: nothing is read after it, however much comes.
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoSaysGoodbyeIsGone(String version) throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin, timeouts(NEVER, NEVER));
                RawClient plain = gateway.connect()) {
            SSLSocket socket = handshake(plain, gateway, version);
            Await.until("it is there", () -> gateway.connections() == 1);
            socket.shutdownOutput();
            Await.until("it is gone", () -> gateway.connections() == 0);
            assertServes(gateway);
        }
    }

    /// What still comes after the answer that ends a connection is thrown away, not kept.
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theRestAfterTheLastAnswerIsReadAwayAndNotForLong(String version) throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin, timeouts(NEVER, NEVER));
                RawClient plain = gateway.connect()) {
            SSLSocket socket = handshake(plain, gateway, version);
            socket.getOutputStream()
                    .write(gateway.requestAs("never-issued", "POST", DAGS, "Content-Length: " + ENDLESS)
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(HttpText.head(socket.getInputStream()).getFirst()).contains("401");
            long sent = 0;
            long before = memory();
            try {
                byte[] piece = new byte[64 * 1024];
                for (; sent < ENDLESS; sent += piece.length) {
                    socket.getOutputStream().write(piece);
                }
            } catch (IOException cutOff) {
                assertThat(sent).isLessThan(ENDLESS);
            }
            assertThat(memory() - before).isLessThan(ENDLESS / 4);
            Await.until("it is gone", () -> gateway.connections() == 0);
        }
    }

    /// An answer whose end is the end of the connection must not look complete when it is not.
    @Test
    void aBrokenAnswerIsNotFollowedByAGoodbye() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    request.lines("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "5", "hello", "");
                    if (request.target().endsWith("/broken")) {
                        throw new IOException("planted defect");
                    }
                    request.lines("0", "", "");
                });
                TestGateway gateway = TestGateway.before(origin).over(Transport.HTTPS)) {
            for (String target : List.of("/dags/whole", "/dags/broken")) {
                try (RawClient client = gateway.connect()) {
                    client.send(gateway.request("GET", TestGateway.API + target).replace("HTTP/1.1", "HTTP/1.0"));
                    client.responseHead();
                    boolean clean = endsCleanly(client.in());
                    assertThat(clean).as(target).isEqualTo(target.endsWith("whole"));
                }
            }
        }
    }

    private static boolean endsCleanly(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).equals("hello");
        } catch (IOException reset) {
            return false;
        }
    }

    private static SSLSocket handshake(RawClient plain, TestGateway gateway, String version) throws IOException {
        Socket below = plain.socket();
        SSLSocket socket = (SSLSocket)
                TestCertificates.trusting().getSocketFactory().createSocket(below, "localhost", gateway.port(), false);
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return socket;
    }

    /// Until the gateway has ended the connection; an alert may come first.
    private static void drain(RawClient client) {
        try {
            client.in().readAllBytes();
        } catch (SocketTimeoutException stillOpen) {
            throw new AssertionError("the connection was not ended", stillOpen);
        } catch (IOException reset) {
            // an end as well
        }
    }

    /// Control: whoever speaks properly is served, if not at once because this machine is too slow for the limit.
    private static void assertServes(TestGateway gateway) {
        for (Transport transport : Transport.values()) {
            Await.until("served over " + transport, () -> {
                try (RawClient client = RawClient.connect(gateway.port(), transport)) {
                    return client.exchange(gateway.request("GET", DAGS)).status() == 200;
                } catch (IOException tooSlow) {
                    return false;
                }
            });
        }
    }

    private static long memory() {
        return PooledByteBufAllocator.DEFAULT.metric().usedHeapMemory()
                + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    private static UnaryOperator<GatewaySettings> timeouts(Duration head, Duration idle) {
        GatewaySettings.Timeouts standard = GatewaySettings.Timeouts.standard();
        return settings -> settings.withTimeouts(new GatewaySettings.Timeouts(
                standard.connect(),
                head,
                idle,
                NEVER,
                NEVER,
                NEVER,
                NEVER,
                NEVER,
                standard.upstreamIdle(),
                standard.linger(),
                standard.drain()));
    }
}
