package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A request is sent a second time only if the first time cannot have done anything.
class RetriesTest {
    private static final String DAGS = TestGateway.API + "/dags";

    @Test
    void aReadOnADeadKeptConnectionIsSentAgainOnANewOne() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin);
                RawClient client = gateway.connect()) {
            assertThat(client.exchange(gateway.request("GET", DAGS)).status()).isEqualTo(200);
            origin.nowAnswer(request -> {
                if (request.connection() == 1) {
                    throw new IOException("hang up without a byte");
                }
                request.ok("{\"again\":true}");
            });

            assertThat(client.exchange(gateway.request("GET", DAGS)).body()).isEqualTo("{\"again\":true}");
            assertThat(origin.requests())
                    .extracting(ScriptedOrigin.Request::connection)
                    .containsExactly(1, 1, 2);
        }
    }

    @Test
    void onlyOnce() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin);
                RawClient client = gateway.connect()) {
            client.exchange(gateway.request("GET", DAGS));
            origin.nowAnswer(_ -> {
                throw new IOException("hang up");
            });

            RawResponse response = client.exchange(gateway.request("GET", DAGS));
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.failure()).isEqualTo("gateway.airflow-closed");
            assertThat(origin.requests()).hasSize(3);
        }
    }

    @Test
    void notOnANewConnection() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.answering(_ -> {
                    throw new IOException("hang up");
                });
                TestGateway gateway = TestGateway.before(origin)) {
            assertThat(gateway.get(DAGS).status()).isEqualTo(502);
            assertThat(origin.requests()).hasSize(1);
        }
    }

    @Test
    void notAfterAByteOfTheResponse() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin);
                RawClient client = gateway.connect()) {
            client.exchange(gateway.request("GET", DAGS));
            origin.nowAnswer(request -> {
                request.write("H");
                throw new IOException("hang up");
            });

            assertThat(client.exchange(gateway.request("GET", DAGS)).status()).isEqualTo(502);
            assertThat(origin.requests()).hasSize(2);
        }
    }

    @Test
    void notIfTwiceIsNotTheSameAsOnce() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin);
                RawClient client = gateway.connect()) {
            client.exchange(gateway.request("GET", DAGS));
            origin.nowAnswer(_ -> {
                throw new IOException("hang up");
            });

            assertThat(client.exchange(gateway.request("POST", DAGS + "/d/favorite"))
                            .status())
                    .isEqualTo(502);
            assertThat(origin.requests()).hasSize(2);
        }
    }

    @Test
    void aRestartOfAirflowBetweenTwoRequestsIsNotNoticed() throws IOException {
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin);
                RawClient client = gateway.connect()) {
            client.exchange(gateway.request("GET", DAGS));
            origin.closeConnections();

            assertThat(client.exchange(gateway.request("GET", DAGS)).status()).isEqualTo(200);
        }
    }
}
