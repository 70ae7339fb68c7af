package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Who goes away is not worked for, and leaves nothing behind that the next caller could get.
@ParameterizedClass
@EnumSource(Transport.class)
class ClientDisconnectTest {
    private final Transport transport;

    private static final String WAIT = TestGateway.API + "/dags/d/dagRuns/r/wait";

    ClientDisconnectTest(Transport transport) {
        this.transport = transport;
    }

    @Test
    void airflowIsToldWhenTheCallerOfAStreamGoesAway() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    request.lines("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "3", "{}\n", "");
                    if (request.in().read() < 0) {
                        gone.countDown();
                    }
                });
                TestGateway gateway = TestGateway.before(origin).over(transport);
                RawClient staying = gateway.connect()) {
            try (RawClient leaving = gateway.connect()) {
                leaving.send(gateway.request("GET", WAIT)).responseHead();
                staying.send(gateway.request("GET", WAIT)).responseHead();
                assertThat(gone.getCount()).isEqualTo(1);
            }

            assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
            Await.until("one of two connections is left", () -> origin.openConnections() == 1);
            assertThat(HttpText.line(staying.in())).isEqualTo("3");
        }
    }

    @Test
    void airflowIsToldBeforeItHasAnswered() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    if (request.in().read() < 0) {
                        gone.countDown();
                    }
                });
                TestGateway gateway = TestGateway.before(origin).over(transport)) {
            try (RawClient leaving = gateway.connect()) {
                leaving.send(gateway.request("GET", WAIT));
                Await.until("the request is there", () -> origin.requests().size() == 1);
                assertThat(gone.getCount()).isEqualTo(1);
            }

            assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aConnectionWithHalfAResponseIsNotUsedAgain() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    if (request.connection() == 1) {
                        request.lines("HTTP/1.1 200 OK", "Content-Length: 1000", "", "half of somebody's data");
                    } else {
                        request.ok("{}");
                    }
                });
                TestGateway gateway = TestGateway.before(origin).over(transport)) {
            try (RawClient leaving = gateway.connect()) {
                leaving.send(gateway.request("GET", WAIT)).responseHead();
            }
            for (int i = 0; i < 8; i++) {
                assertThat(gateway.get(WAIT).body()).isEqualTo("{}");
            }
            assertThat(origin.requests().stream().filter(request -> request.connection() == 1))
                    .hasSize(1);
        }
    }

    @Test
    void anUploadThatStopsHalfwayNeverLooksComplete() throws Exception {
        CountDownLatch cutOff = new CountDownLatch(1);
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    try {
                        request.body();
                        request.ok("{}");
                    } catch (IOException incomplete) {
                        cutOff.countDown();
                        throw incomplete;
                    }
                });
                TestGateway gateway = TestGateway.before(origin).over(transport)) {
            String chunked = gateway.request("POST", TestGateway.API + "/variables", "Transfer-Encoding: chunked");
            try (RawClient leaving = gateway.connect()) {
                leaving.send(chunked + "5\r\nhello\r\n");
                Await.until("the request is there", () -> origin.requests().size() == 1);
            }
            assertThat(cutOff.await(20, TimeUnit.SECONDS)).isTrue();

            try (RawClient staying = gateway.connect()) {
                assertThat(staying.exchange(chunked + "5\r\nhello\r\n0\r\n\r\n").status())
                        .isEqualTo(200);
            }
        }
    }
}
