package io.headgate.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.gateway.RawClient;
import io.headgate.gateway.RawResponse;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// A request to the API that a server in front could cut at another place is refused and ends the connection, so that
/// what was hidden in it is never answered; the same request in plain form passes.
@QuarkusTest
class SmugglingOverHttpTest {
    private static final String JSON = "{\"x\":1}";
    private static final String CHUNKED_JSON = "7\r\n" + JSON + "\r\n0\r\n\r\n";

    /// Answered 401 if it were ever taken for a request.
    private static final String SMUGGLED = "GET /v1/organizations HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @Inject
    TestApi api;

    @Test
    void theLengthOfABodyMustBeClear() throws IOException {
        refusedAndClosed(List.of(
                post("Content-Length: 7", "Transfer-Encoding: chunked") + "0\r\n\r\n",
                post("Transfer-Encoding: chunked", "Content-Length: 7") + "0\r\n\r\n",
                post("Content-Length: 7", "Content-Length: 7") + JSON,
                post("Content-Length: 7", "Content-Length: 6") + JSON,
                post("Content-Length: 7, 7") + JSON,
                post("Content-Length: +7") + JSON,
                post("Content-Length: -7") + JSON,
                post("Content-Length: 0x7") + JSON,
                post("Content-Length: 7 7") + JSON,
                post("Content-Length:") + JSON,
                post("Content-Length: 99999999999999999999") + JSON,
                post("Transfer-Encoding: gzip") + JSON,
                post("Transfer-Encoding: chunked, gzip") + CHUNKED_JSON,
                post("Transfer-Encoding: gzip, chunked") + CHUNKED_JSON,
                post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked") + CHUNKED_JSON,
                post("Transfer-Encoding: chunked", "Transfer-Encoding: identity") + CHUNKED_JSON,
                post("Transfer-Encoding: xchunked"),
                post("Transfer-Encoding: \"chunked\""),
                post("Transfer-Encoding: chunked").replace("HTTP/1.1", "HTTP/1.0") + CHUNKED_JSON,
                SMUGGLED.replace("\r\n\r\n", "\r\nSec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n\r\n")));
        understood(post("Content-Length: 7") + JSON);
        understood(post("Transfer-Encoding: chunked") + CHUNKED_JSON);
        understood(post("Transfer-Encoding: Chunked") + "7;a=b\r\n" + JSON + "\r\n0\r\nX-Trailer: 1\r\n\r\n");
    }

    /// Of an old one the first length counts, and nothing is read after it.
    @Test
    void afterARequestOfTheOldProtocolNothingIsRead() throws IOException {
        String old = post("Content-Length: 7", "Content-Length: 6").replace("HTTP/1.1", "HTTP/1.0");
        try (RawClient client = connect()) {
            assertThat(client.exchange(old + JSON + SMUGGLED).body()).contains("unknown member 'x'");
            assertThat(isEnded(client)).isTrue();
        }
    }

    @Test
    void http2WithoutTlsIsNotSpoken() throws IOException {
        String upgrade =
                "\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n";
        assertThat(first(SMUGGLED.replace("\r\n\r\n", upgrade)).status()).isEqualTo(401);
        assertThat(first("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").status()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void linesMustEndAndBeginAsTheyShould() throws IOException {
        String good = post("Content-Length: 7", "X-A: b") + JSON;
        refusedAndClosed(List.of(
                good.replace("X-A: b\r\n", "X-A: b\n"),
                good.replace("\r\n", "\n"),
                good.replace("X-A: b", " X-A: b"),
                good.replace("X-A: b", "X-A : b"),
                good.replace("X-A: b", "X-A\t: b"),
                good.replace("X-A: b", ": b"),
                good.replace("X-A: b", "X-A"),
                good.replace("X-A: b", "X(A): b"),
                good.replace("X-A: b", "X-\u00e9: b"),
                good.replace("X-A: b", "X-A: b\u0000c"),
                good.replace("X-A: b", "X-A: b\u0001c"),
                good.replace("X-A: b", "X-A: b\u007fc"),
                good.replace("HTTP/1.1", "HTTP/1.1 "),
                good.replace("HTTP/1.1", "HTTP/1.1 x"),
                good.replace(" HTTP/1.1", "")));
        understood(good);
    }

    /// A folded line is one line (RFC 9112 §5.2): what is in it is never a header of its own.
    @Test
    void aFoldedLineHidesNothing() throws IOException {
        String folded = post("X-A: b", " Content-Length: 9999", "Content-Length: 7") + JSON;

        understood(folded);
    }

    @Test
    void oneHostIsNamed() throws IOException {
        String good = post("Content-Length: 7") + JSON;
        refusedAndClosed(List.of(good.replace("Host: localhost\r\n", "Host: localhost\r\nHost: localhost\r\n")));
        assertThat(first(good.replace("Host: localhost\r\n", "")).status()).isEqualTo(400);
        understood(good);
    }

    @Test
    void chunksMustBeFramedAsTheyShould() throws IOException {
        String head = post("Transfer-Encoding: chunked");
        for (String body : List.of(
                "zz\r\n" + JSON + "\r\n0\r\n\r\n",
                "0x7\r\n" + JSON + "\r\n0\r\n\r\n",
                "-7\r\n" + JSON + "\r\n0\r\n\r\n",
                "7\r\n" + JSON + "0\r\n\r\n",
                "7\r\n" + JSON + "XX0\r\n\r\n",
                "7\n" + JSON + "\r\n0\r\n\r\n",
                "fffffffff\r\n" + JSON + "\r\n0\r\n\r\n",
                "\r\n" + JSON + "\r\n0\r\n\r\n")) {
            try (RawClient client = connect()) {
                client.send(head + body + SMUGGLED);
                assertThatThrownBy(client::response).as(body).isInstanceOf(IOException.class);
            }
        }
        understood(head + CHUNKED_JSON);
    }

    @Test
    void headsHaveALimit() throws IOException {
        String[] large = {"X-A: " + "b".repeat(17_000), "Content-Length: 7"};
        String long4096 = post("Content-Length: 7").replace("/tokens", "/tokens?x=" + "a".repeat(4096));
        assertThat(first(post(large) + JSON).status()).isEqualTo(431);
        assertThat(first(long4096 + JSON).status()).isEqualTo(414);
        understood(post("X-A: " + "b".repeat(10_000), "Content-Length: 7") + JSON);
    }

    private String post(String... headers) {
        StringBuilder text = new StringBuilder("POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                .formatted(api.organization("/tokens"), api.owner()));
        text.append("Content-Type: application/json\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    private void refusedAndClosed(List<String> requests) throws IOException {
        for (String request : requests) {
            try (RawClient client = connect()) {
                RawResponse refused = client.exchange(request + SMUGGLED);
                assertThat(refused.status()).as(request).isEqualTo(400);
                assertThat(refused.body()).as(request).doesNotContain("unknown member", "io.vertx");
                assertThat(isEnded(client)).as(request).isTrue();
            }
        }
    }

    /// The body was read, and the next request begins where it ends.
    private void understood(String request) throws IOException {
        try (RawClient client = connect()) {
            assertThat(client.exchange(request).body()).as(request).contains("unknown member 'x'");
            assertThat(client.exchange(SMUGGLED).status()).as(request).isEqualTo(401);
        }
    }

    private static RawResponse first(String request) throws IOException {
        try (RawClient client = connect()) {
            return client.exchange(request);
        }
    }

    private static boolean isEnded(RawClient client) throws IOException {
        try {
            return client.isEnded();
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static RawClient connect() throws IOException {
        return RawClient.connect(URI.create(ConfigProvider.getConfig().getValue("test.url", String.class))
                .getPort());
    }
}
