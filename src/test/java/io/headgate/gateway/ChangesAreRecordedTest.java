package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Subject;
import io.headgate.deployment.AirflowChanges;
import io.headgate.testing.Eventually;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// U5, U7: what changes something in Airflow is kept for the audit log; what only reads, or was refused, is not.
class ChangesAreRecordedTest {
    private static final String RUNS = TestGateway.API + "/dags/etl/dagRuns";

    private ScriptedOrigin origin;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        origin = ScriptedOrigin.agreeing();
        gateway = TestGateway.before(origin);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    @Test
    void withWhoAskedForWhatAndWhatAirflowSaid() throws IOException {
        String bulk = "{\"actions\": [{\"action\": \"delete\", \"entities\": [\"p\"]}]}";
        assertThat(ask("POST", RUNS + "?x=secret", "{}")).isEqualTo(200);
        assertThat(ask("PATCH", TestGateway.API + "/pools", bulk)).isEqualTo(200);
        assertThat(ask("GET", RUNS, "")).isEqualTo(200);
        assertThat(ask("POST", TestGateway.API + "/dags/etl/dagRuns/list", "{}"))
                .isEqualTo(200);
        assertThat(ask("POST", "/other/api/v2/dags/etl/dagRuns", "{}")).isEqualTo(404);

        List<AirflowChanges.Change> changes = gateway.changes().drain();
        assertThat(changes)
                .extracting(change -> change.operation() + " " + change.status())
                .containsExactly("POST /api/v2/dags/{dag_id}/dagRuns 200", "PATCH /api/v2/pools 200");
        AirflowChanges.Change first = changes.getFirst();
        assertThat(first.subject()).isInstanceOf(Subject.ApiToken.class);
        assertThat(first.deployment()).isEqualTo(TestGateway.HOME);
        assertThat(first.origin().method()).isEqualTo("POST");
        assertThat(first.origin().path()).isEqualTo(RUNS);
        assertThat(first.origin().client().name()).isEqualTo("cli");
    }

    @Test
    void exceptWhereAirflowSaidNo() throws IOException {
        origin.nowAnswer(request -> {
            request.body();
            request.lines("HTTP/1.1 409 Conflict", "Content-Length: 2", "", "{}");
        });
        assertThat(ask("POST", RUNS, "{}")).isEqualTo(409);
        assertThat(statuses()).isEmpty();

        origin.nowAnswer(request -> {
            request.body();
            request.ok("{}");
        });
        assertThat(ask("POST", RUNS, "{}")).isEqualTo(200);
        assertThat(statuses()).as("control").containsExactly(200);
    }

    /// Nobody knows what Airflow did before it fell silent.
    @Test
    void andWhereItSaidNothingAtAll() throws IOException {
        origin.nowAnswer(request -> {
            request.body();
            request.socket().close();
        });
        assertThat(ask("POST", RUNS, "{}")).isEqualTo(502);
        assertThat(statuses()).containsExactly(AirflowChanges.Change.NO_ANSWER);
    }

    @Test
    void andWhereTheCallerDidNotWaitForTheAnswer() throws Exception {
        List<ScriptedOrigin.Request> seen = new CopyOnWriteArrayList<>();
        origin.nowAnswer(request -> {
            request.body();
            seen.add(request);
            // held until the caller is gone
            var _ = request.in().read();
        });
        try (RawClient client = gateway.connect()) {
            client.send(request("POST", RUNS, "{}"));
            Eventually.holds("the request is with Airflow", () -> !seen.isEmpty());
        }
        Eventually.holds("the change is kept", () -> statuses().equals(List.of(AirflowChanges.Change.NO_ANSWER)));
    }

    /// What cannot be recorded does not happen; reading goes on.
    @Test
    void andNoneIsLetThroughWhileThereIsNoRoomToKeepIt() throws IOException {
        assertThat(ask("POST", RUNS, "{}")).isEqualTo(200);
        AirflowChanges.Change change = gateway.changes().drain().getFirst();
        while (gateway.changes().haveRoom()) {
            gateway.changes().add(change);
        }
        RawResponse refused = answer("POST", RUNS, "{}");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.failure()).isEqualTo("gateway.change-unrecorded");
        assertThat(ask("GET", RUNS, "")).isEqualTo(200);
        assertThat(origin.requests()).hasSize(2);

        var _ = gateway.changes().drain();
        assertThat(ask("POST", RUNS, "{}")).isEqualTo(200);
    }

    private List<Integer> statuses() {
        return gateway.changes().drain().stream()
                .map(AirflowChanges.Change::status)
                .toList();
    }

    private int ask(String method, String path, String body) throws IOException {
        return answer(method, path, body).status();
    }

    private RawResponse answer(String method, String path, String body) throws IOException {
        try (RawClient client = gateway.connect()) {
            return client.exchange(request(method, path, body));
        }
    }

    private String request(String method, String path, String body) {
        return gateway.request(
                        method,
                        path,
                        "Content-Type: application/json",
                        "X-Astro-Client-Identifier: cli",
                        "Content-Length: " + body.length())
                + body;
    }
}
