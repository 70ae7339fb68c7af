package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A request that two servers could cut at different places is answered with 400 and ends the connection; the
/// same request in plain form passes.
@ParameterizedClass
@EnumSource(Transport.class)
class SmugglingTest {
    private final Transport transport;

    private static final String VARIABLES = TestGateway.API + "/variables";

    private final AtomicInteger completeRequests = new AtomicInteger();
    private ScriptedOrigin origin;
    private TestGateway gateway;

    SmugglingTest(Transport transport) {
        this.transport = transport;
    }

    @BeforeEach
    void start() {
        origin = ScriptedOrigin.answering(request -> {
            request.body();
            completeRequests.incrementAndGet();
            request.ok("{}");
        });
        gateway = TestGateway.before(origin).over(transport);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    @Test
    void theLengthOfABodyMustBeClear() throws IOException {
        String smuggled = "GET /quick/api/v2/connections HTTP/1.1\r\nHost: localhost\r\n\r\n";
        refusedAndClosed(List.of(
                post("Content-Length: 5", "Transfer-Encoding: chunked") + "0\r\n\r\n" + smuggled,
                post("Transfer-Encoding: chunked", "Content-Length: 5") + "0\r\n\r\n" + smuggled,
                post("Content-Length: 5", "Content-Length: 5") + "hello",
                post("Content-Length: 5", "Content-Length: 6") + "hello",
                post("Content-Length: 5, 5") + "hello",
                post("Content-Length: +5") + "hello",
                post("Content-Length: -5") + "hello",
                post("Content-Length: 0x5") + "hello",
                post("Content-Length: 5 5") + "hello",
                post("Content-Length:") + "hello",
                post("Content-Length: 99999999999999999999") + "hello",
                post("Transfer-Encoding: gzip") + "hello",
                post("Transfer-Encoding: chunked, gzip") + "0\r\n\r\n",
                post("Transfer-Encoding: gzip, chunked") + "0\r\n\r\n",
                post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked") + "0\r\n\r\n",
                post("Transfer-Encoding: chunked", "Transfer-Encoding: identity") + "0\r\n\r\n",
                post("Transfer-Encoding: xchunked") + "0\r\n\r\n",
                gateway.request("GET", VARIABLES, "Sec-WebSocket-Key1: 1", "Sec-WebSocket-Key2: 2") + smuggled,
                post("Transfer-Encoding: \"chunked\"") + "0\r\n\r\n",
                post("Transfer-Encoding: chunked").replace("HTTP/1.1", "HTTP/1.0") + "0\r\n\r\n",
                post("Content-Length: 5", "Content-Length: 6").replace("HTTP/1.1", "HTTP/1.0") + "hello"));
        passes(post("Content-Length: 5") + "hello");
        passes(post("Transfer-Encoding: chunked") + "5\r\nhello\r\n0\r\n\r\n");
        passes(post("Transfer-Encoding: Chunked") + "5;a=b\r\nhello\r\n0\r\nX-Trailer: 1\r\n\r\n");
    }

    @Test
    void linesMustEndAndBeginAsTheyShould() throws IOException {
        String good = post("Content-Length: 5", "X-A: b") + "hello";
        refusedAndClosed(List.of(
                good.replace("X-A: b\r\n", "X-A: b\n"),
                good.replace("\r\n", "\n"),
                good.replace("X-A: b\r\n", "X-A: b\r"),
                good.replace("X-A: b", "X-A: b\r\n folded"),
                good.replace("X-A: b", "X-A: b\r\n\tfolded"),
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
                good.replace(" HTTP/1.1", "\tHTTP/1.1"),
                good.replace(" HTTP/1.1", "  HTTP/1.1"),
                good.replace("POST ", "POST  "),
                good.replace("HTTP/1.1", "HTTP/1.1 "),
                good.replace("HTTP/1.1", "HTTP/1.1 x"),
                good.replace(" HTTP/1.1", ""),
                good.replace("HTTP/1.1", "http/1.1"),
                good.replace("HTTP/1.1", "HTTP/1.10"),
                good.replace("variables", "vari\u00e9ables"),
                "\u0000" + good,
                "\r\n\r\n" + good,
                " " + good));
        passes(good);
        passes("\r\n" + good);
        passes(good.replace("X-A: b", "X-A: \u00e9 b\tc"));
    }

    @Test
    void chunksMustBeFramedAsTheyShould() throws IOException {
        String head = post("Transfer-Encoding: chunked");
        for (String body : List.of(
                "zz\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhelloXX0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "fffffffff\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n")) {
            try (RawClient client = gateway.connect()) {
                RawResponse refused = client.exchange(head + body);
                assertThat(refused.status()).as(body).isEqualTo(400);
                assertThat(client.isEnded()).isTrue();
            }
        }
        passes(head + "5\r\nhello\r\n0\r\n\r\n");
        // The heads had passed before the chunks came, but no body was ever complete.
        assertThat(completeRequests.get()).isEqualTo(1);
    }

    @Test
    void headsHaveALimit() throws IOException {
        String[] many = new String[101];
        java.util.Arrays.fill(many, "X-A: b");
        try (RawClient client = gateway.connect()) {
            RawResponse refused = client.exchange(gateway.request("GET", VARIABLES, many));
            assertThat(refused.status()).isEqualTo(431);
            assertThat(refused.body()).contains("100");
        }
        try (RawClient client = gateway.connect()) {
            assertThat(client.exchange(gateway.request("GET", VARIABLES, "X-A: " + "b".repeat(40_000)))
                            .status())
                    .isEqualTo(431);
        }
        passes(gateway.request("GET", VARIABLES, java.util.Arrays.copyOf(many, 98)));
        passes(gateway.request("GET", VARIABLES, "X-A: " + "b".repeat(30_000)));
    }

    @Test
    void otherVersionsAreNotSpoken() throws IOException {
        for (String first : List.of("GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
            try (RawClient client = gateway.connect()) {
                assertThat(client.exchange(first).status()).isEqualTo(505);
                assertThat(client.isEnded()).isTrue();
            }
        }
    }

    private String post(String... headers) {
        return gateway.request("POST", VARIABLES, headers);
    }

    private void refusedAndClosed(List<String> requests) throws IOException {
        for (String request : requests) {
            int before = origin.requests().size();
            try (RawClient client = gateway.connect()) {
                RawResponse refused = client.exchange(request);
                assertThat(refused.status()).as(request).isEqualTo(400);
                assertThat(refused.header("Connection")).isEqualTo("close");
                assertThat(client.isEnded()).as(request).isTrue();
            }
            assertThat(origin.requests()).as(request).hasSize(before);
        }
    }

    private void passes(String request) throws IOException {
        try (RawClient client = gateway.connect()) {
            assertThat(client.exchange(request).status()).as(request).isEqualTo(200);
        }
    }
}
