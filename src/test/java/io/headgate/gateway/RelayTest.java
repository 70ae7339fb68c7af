package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What passes, passes unchanged.
@ParameterizedClass
@EnumSource(Transport.class)
class RelayTest {
    private final Transport transport;

    RelayTest(Transport transport) {
        this.transport = transport;
    }

    @Test
    void aRequestReachesAirflowAndItsResponseTheCaller() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    request.body();
                    request.lines(
                            "HTTP/1.1 201 Created",
                            "Content-Type: application/json",
                            "ETag: \"7\"",
                            "Content-Length: 11",
                            "",
                            "{\"id\":\"run\"");
                });
                TestGateway gateway = TestGateway.before(origin).over(transport);
                RawClient client = gateway.connect()) {
            RawResponse response = client.exchange(gateway.request(
                            "POST",
                            TestGateway.API + "/dags/a%3Ab/dagRuns?x=%2F&y",
                            "Content-Type: application/json",
                            "Content-Length: 21")
                    + "{\"logical_date\":null}\n");

            assertThat(response.status()).isEqualTo(201);
            assertThat(response.body()).isEqualTo("{\"id\":\"run\"");
            assertThat(response.header("ETag")).isEqualTo("\"7\"");
            assertThat(response.header("X-Request-Id")).hasSize(32);
            assertThat(origin.onlyRequest().method()).isEqualTo("POST");
            assertThat(origin.onlyRequest().target()).isEqualTo(TestGateway.API + "/dags/a%3Ab/dagRuns?x=%2F&y");
            assertThat(origin.onlyRequest().header("Content-Type")).isEqualTo("application/json");
            assertThat(origin.onlyRequest().header("X-Request-Id")).isEqualTo(response.header("X-Request-Id"));
        }
    }

    @Test
    void anOrdinaryJavaClientWorksWithItsDefaults() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin).over(transport);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:%d%s/dags".formatted(gateway.port(), TestGateway.API)))
                    .header("Authorization", "Bearer " + gateway.everything())
                    .build();

            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            assertThat(origin.onlyRequest().headers("Upgrade")).isEmpty();
        }
    }

    @Test
    void connectionsOnBothSidesAreKept() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin).over(transport);
                RawClient client = gateway.connect()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.exchange(gateway.request("GET", TestGateway.API + "/dags"))
                                .status())
                        .isEqualTo(200);
            }

            assertThat(origin.requests()).hasSize(5);
            assertThat(origin.connections()).isEqualTo(1);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> request.ok("\"" + request.target() + "\""));
                TestGateway gateway = TestGateway.before(origin).over(transport);
                RawClient client = gateway.connect()) {
            client.send(gateway.request("GET", TestGateway.API + "/dags/1")
                    + gateway.request("GET", TestGateway.API + "/nothing")
                    + gateway.request("GET", TestGateway.API + "/dags/3"));

            assertThat(client.response().body()).contains("/dags/1");
            assertThat(client.response().status()).isEqualTo(404);
            assertThat(client.response().body()).contains("/dags/3");
        }
    }

    @Test
    void thousandsOfTinyPipelinedRequestsAreAnsweredOneByOne() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin).over(transport);
                RawClient client = gateway.connect()) {
            int count = 5000;
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(count));
                } catch (java.io.IOException closed) {
                    throw new java.io.UncheckedIOException(closed);
                }
            });
            for (int i = 0; i < count; i++) {
                assertThat(client.response().status()).isEqualTo(401);
            }
            writer.join();
        }
    }

    @Test
    void headAndEmptyResponsesHaveNoBody() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    switch (request.method()) {
                        case "HEAD" -> request.write("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
                        case "DELETE" -> request.write("HTTP/1.1 204 No Content\r\n\r\n");
                        default -> request.write("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n");
                    }
                });
                TestGateway gateway = TestGateway.before(origin).over(transport);
                RawClient client = gateway.connect()) {
            client.send(gateway.request("HEAD", "/quick/static/app.js"));
            assertThat(client.responseHead()).contains("content-length: 1234");
            assertThat(client.exchange(gateway.request("DELETE", TestGateway.API + "/variables/a"))
                            .status())
                    .isEqualTo(204);
            assertThat(client.exchange(gateway.request("GET", TestGateway.API + "/dags"))
                            .status())
                    .isEqualTo(304);
            assertThat(origin.connections()).isEqualTo(1);
        }
    }

    @Test
    void anHttp10CallerGetsABodyThatEndsWithTheConnection() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> request.write(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"));
                TestGateway gateway = TestGateway.before(origin).over(transport);
                RawClient client = gateway.connect()) {
            RawResponse response = client.exchange(
                    gateway.request("GET", TestGateway.API + "/dags").replace("HTTP/1.1", "HTTP/1.0"));

            assertThat(response.body()).isEqualTo("onetwo");
            assertThat(response.headers("Transfer-Encoding")).isEmpty();
            assertThat(response.header("Connection")).isEqualTo("close");
        }
    }

    @Test
    void interimResponsesStayBetweenGatewayAndAirflow() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> {
                    request.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
                    request.ok("{}");
                });
                TestGateway gateway = TestGateway.before(origin).over(transport)) {
            assertThat(gateway.get(TestGateway.API + "/dags").status()).isEqualTo(200);
        }
    }

    @Test
    void whoAsksWhetherToSendIsToldToGoOnOnlyWhenTheRequestMayPass() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.answering(request -> request.ok("\"" + request.body() + "\""));
                TestGateway gateway = TestGateway.before(origin).over(transport);
                RawClient allowed = gateway.connect();
                RawClient refused = gateway.connect()) {
            allowed.send(gateway.request(
                    "POST", TestGateway.API + "/variables", "Content-Length: 4", "Expect: 100-continue"));
            assertThat(allowed.responseHead().getFirst()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(allowed.send("body").response().body()).isEqualTo("\"body\"");
            assertThat(origin.onlyRequest().headers("Expect")).isEmpty();

            refused.send(
                    gateway.request("POST", TestGateway.API + "/nothing", "Content-Length: 4", "Expect: 100-continue"));
            assertThat(refused.response().status()).isEqualTo(404);
            assertThat(refused.isEnded()).isTrue();
        }
    }
}
