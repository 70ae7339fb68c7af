package io.headgate.gateway;

import static io.headgate.access.DeploymentPermission.AIRFLOW_CONNECTION_CREATE;
import static io.headgate.access.DeploymentPermission.AIRFLOW_CONNECTION_UPDATE;
import static io.headgate.access.DeploymentPermission.AIRFLOW_DAG_GET;
import static io.headgate.access.DeploymentPermission.AIRFLOW_DAG_RUN_UPDATE;
import static io.headgate.access.DeploymentPermission.AIRFLOW_TASK_INSTANCE_UPDATE;
import static io.headgate.access.DeploymentPermission.AIRFLOW_VARIABLE_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.Grant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Hostile scripts against the gateway: somebody with a good token of a Deployment tries one way after the
/// other to get more from its Airflow, or from another one, than the token gives. Nothing of it reaches Airflow.
class ClimbingAtTheGatewayTest {
    private static final String API = TestGateway.API;
    private static final Set<DeploymentPermission> EVERYTHING = EnumSet.allOf(DeploymentPermission.class);

    /// What is written on the first line, and a body, which may be empty.
    private record Attempt(String method, String target, String body) {
        static Attempt get(String target) {
            return new Attempt("GET", target, "");
        }

        static Attempt patch(String target, String... actions) {
            return new Attempt("PATCH", target, "{\"actions\": [" + String.join(", ", actions) + "]}");
        }
    }

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

    /// Guards: `BulkBody.objection` – every action of the body needs its right, and what could be read in
    /// two ways is not read;
    /// `BulkRule.neededFor` – to overwrite is to update.
    @Test
    void aBulkBodyDoesNothingThatItsSenderMayNot() throws IOException {
        Set<DeploymentPermission> held = Set.of(
                AIRFLOW_CONNECTION_CREATE,
                AIRFLOW_VARIABLE_CREATE,
                AIRFLOW_DAG_RUN_UPDATE,
                AIRFLOW_TASK_INSTANCE_UPDATE);
        String climber = gateway.token(held);
        String create = "{\"action\": \"create\", \"entities\": []}";
        String delete = "{\"action\": \"delete\", \"entities\": [\"prod_db\"]}";
        String update = "{\"action\": \"update\", \"entities\": []}";
        String overwrite = "{\"action\": \"create\", \"action_on_existence\": \"overwrite\", \"entities\": []}";
        List<Attempt> hostile = List.of(
                Attempt.patch(API + "/connections", delete),
                Attempt.patch(API + "/connections", create, delete),
                Attempt.patch(API + "/connections", create, update),
                Attempt.patch(API + "/connections", overwrite),
                Attempt.patch(API + "/variables", create, create, create, overwrite),
                Attempt.patch(API + "/dags/~/dagRuns", update, delete),
                Attempt.patch(API + "/dags/a/dagRuns/b/taskInstances", update, delete),
                Attempt.patch(API + "/dags/~/dagRuns/~/taskInstances", delete),
                Attempt.patch(API + "/pools", create));
        List<Attempt> unclear = List.of(
                new Attempt(
                        "PATCH", API + "/connections", "{\"actions\":[" + create + "],\"actions\":[" + delete + "]}"),
                new Attempt(
                        "PATCH",
                        API + "/connections",
                        "{\"actions\":[" + create + "],\"\\u0061ctions\":[" + delete + "]}"),
                Attempt.patch(API + "/connections", create.replace("}", ", \"action\": \"delete\"}")),
                Attempt.patch(API + "/connections", create.replace("create", "CREATE")),
                new Attempt(
                        "PATCH",
                        API + "/connections",
                        "{\"actions\": [" + create + "]} {\"actions\": [" + delete + "]}"));

        for (Attempt attempt : hostile) {
            assertThat(send(climber, attempt).status()).as(attempt.toString()).isEqualTo(403);
        }
        for (Attempt attempt : unclear) {
            assertThat(send(climber, attempt).status()).as(attempt.toString()).isEqualTo(400);
        }
        assertThat(origin.requests()).isEmpty();

        // control: what it may is passed on, and all of it for somebody who may
        assertThat(send(climber, Attempt.patch(API + "/connections", create)).status())
                .isEqualTo(200);
        assertThat(send(climber, Attempt.patch(API + "/dags/~/dagRuns", update)).status())
                .isEqualTo(200);
        String both = gateway.token(Set.of(AIRFLOW_CONNECTION_CREATE, AIRFLOW_CONNECTION_UPDATE));
        assertThat(send(both, Attempt.patch(API + "/connections", overwrite)).status())
                .isEqualTo(200);
        for (Attempt attempt : hostile) {
            assertThat(send(gateway.everything(), attempt).status())
                    .as(attempt.toString())
                    .isEqualTo(200);
        }
        assertThat(origin.requests()).hasSize(3 + hostile.size());
    }

    /// `~` is Airflow's word for all DAGs and all runs: it stands for what the caller may have anyway.
    ///
    /// Guards: `Requirement.objection` – the right of the route, whatever is named in it;
    /// `BulkBody.objection` – that of each action, whatever it names;
    /// `RouteAccess.held` – Airflow, which alone sees the rows behind it, is told what the caller may, and
    /// decides again (`airflow/tests/test_bulk.py`).
    @Test
    void theWordForAllOfThemGivesNoRight() throws IOException {
        String climber = gateway.token(Set.of(AIRFLOW_DAG_GET));
        String runs = "{\"action\": \"delete\", \"entities\": [{\"dag_id\": \"~\", \"dag_run_id\": \"~\"}]}";
        List<Attempt> hostile = List.of(
                Attempt.get(API + "/dags/~/dagRuns"),
                Attempt.get(API + "/dags/%7E/dagRuns"),
                Attempt.get(API + "/dags/%7e/dagRuns/~/taskInstances"),
                Attempt.get(API + "/dags/~/dagRuns/~/taskInstances/~/xcomEntries"),
                new Attempt("POST", API + "/dags/~/dagRuns/list", "{}"),
                new Attempt("POST", API + "/dags/~/dagRuns/~/taskInstances/list", "{}"),
                new Attempt("POST", API + "/dags/~/clearTaskInstances", "{}"),
                new Attempt("POST", API + "/dags/~/clearDagRuns", "{\"dag_runs\": []}"),
                new Attempt("PATCH", API + "/dags?dag_id_pattern=~", "{\"is_paused\": true}"),
                new Attempt("PATCH", API + "/dags/~", "{\"is_paused\": true}"),
                new Attempt("DELETE", API + "/dags/~", ""),
                Attempt.get(API + "/connections/~"),
                Attempt.get(API + "/variables/~"),
                Attempt.patch(API + "/dags/~/dagRuns", runs),
                Attempt.patch(API + "/dags/~/dagRuns/~/taskInstances", runs));

        for (Attempt attempt : hostile) {
            assertThat(send(climber, attempt).status()).as(attempt.toString()).isEqualTo(403);
        }
        String updater = gateway.token(Set.of(AIRFLOW_DAG_RUN_UPDATE));
        assertThat(send(updater, Attempt.patch(API + "/dags/~/dagRuns", runs)).status())
                .isEqualTo(403);
        for (String everywhere :
                List.of("/~/api/v2/dags", "/%7E/api/v2/dags", "/*/api/v2/dags", "/~quick/api/v2/dags")) {
            assertThat(send(gateway.everything(), Attempt.get(everywhere)).status())
                    .as(everywhere)
                    .isEqualTo(404);
        }
        assertThat(origin.requests()).isEmpty();

        for (Attempt attempt : hostile) {
            assertThat(send(gateway.everything(), attempt).status())
                    .as("control " + attempt)
                    .isEqualTo(200);
        }
        assertThat(origin.requests()).hasSize(hostile.size());
        assertThat(send(climber, Attempt.get(API + "/dags/~/details")).status())
                .as("its own right")
                .isEqualTo(200);
        assertThat(toldToAirflow(origin.requests().getLast()))
                .contains("deployment.airflow.dag.get")
                .doesNotContain("dagRun", "connection", "update", "delete");
        assertThat(toldToAirflow(origin.requests().getFirst())).contains("dagRun.get", "connection.get");
    }

    /// Guards: `RequestTarget.read` and `PathSegment.decode` – nothing that two readers could understand
    /// differently;
    /// `RouteTable.match` – an escaped slash is no data of a name, and what has no row is no route: what is
    /// closed for everybody is refused twice;
    /// `KnownHosts.check`;
    /// `Admission.locate` – another Deployment is not there; if it were, `RouteAccess.held` gives nothing in it.
    @Test
    void noSpellingOfAPathReachesMore() throws IOException {
        String climber = gateway.token(Set.of(AIRFLOW_DAG_GET));
        List<String> hostile = List.of(
                API + "/connections",
                API + "/dags/..",
                API + "/dags/../connections",
                API + "/dags/%2e%2e",
                API + "/dags/.%2E/details",
                API + "/dags/x%2F..%2F..%2Fconnections",
                API + "/dags/x%2FdagRuns",
                API + "/dags/x%2fdetails%2f..",
                API + "/dags/x%5CdagRuns",
                API + "/dags/x\\..\\..\\connections",
                API + "/dags/x%252F/dagRuns",
                API + "//connections",
                API + "/dags//x/dagRuns",
                API + "/dags/%C0%AE%C0%AE",
                API + "/dags/x%00",
                API + "/dags/x%0d%0aX:y",
                API + "/dags/%zz",
                API + "/dags/x#/../connections",
                API + "/connections;/dags",
                API + "/Connections/../dags/x",
                "/quick/api%2Fv2/connections",
                "/quick/api/v2%2Fconnections",
                "/quick/api/v2/../../execution/health",
                "/quick/execution/health",
                "/quick/%65xecution/health",
                "/quick/ui/auth/token",
                "/quick/ui/%61uth/token",
                "/quick/auth/token",
                "/other/api/v2/dags",
                "/quick/../other/api/v2/dags",
                "/quick/%2e%2e/other/api/v2/dags",
                "/quick%2F..%2Fother/api/v2/dags",
                "//other/api/v2/dags",
                "http://other.example/quick/api/v2/dags",
                "http://localhost:1@other.example/quick/api/v2/dags",
                "quick/api/v2/dags");

        for (String target : hostile) {
            assertThat(send(climber, Attempt.get(target)).status()).as(target).isIn(400, 403, 404, 405, 421);
        }
        for (String closed :
                List.of("/quick/execution/health", "/quick/%65xecution/health", "/quick/ui/%61uth/token")) {
            assertThat(send(gateway.everything(), Attempt.get(closed)).status())
                    .as(closed)
                    .isEqualTo(403);
        }
        assertThat(send(climber, Attempt.get("/other/api/v2/dags")).comparable())
                .isEqualTo(send(climber, Attempt.get("/missing/api/v2/dags")).comparable());
        assertThat(hosted(climber, "other.localhost")).isIn(400, 404, 421);
        assertThat(hosted(climber, "evil.example")).isEqualTo(421);
        assertThat(origin.requests()).isEmpty();

        // control: the same places by their names, for those who may
        assertThat(send(climber, Attempt.get(API + "/dags/x")).status()).isEqualTo(200);
        assertThat(send(climber, Attempt.get(API + "/dags/%78")).status()).isEqualTo(200);
        assertThat(hosted(climber, "localhost")).isEqualTo(200);
        assertThat(send(gateway.everything(), Attempt.get(API + "/connections")).status())
                .isEqualTo(200);
        String ofBoth = gateway.token(
                List.of(new Grant(TestGateway.HOME, EVERYTHING), new Grant(TestGateway.FOREIGN, EVERYTHING)));
        assertThat(send(ofBoth, Attempt.get("/other/api/v2/dags")).status()).isEqualTo(200);
        assertThat(origin.requests()).hasSize(5);
    }

    private RawResponse send(String token, Attempt attempt) throws IOException {
        try (RawClient client = gateway.connect()) {
            return client.exchange(gateway.requestAs(
                            token,
                            attempt.method(),
                            attempt.target(),
                            "Content-Type: application/json",
                            "Content-Length: " + attempt.body().length())
                    + attempt.body());
        }
    }

    private int hosted(String token, String host) throws IOException {
        try (RawClient client = gateway.connect()) {
            return client.exchange("GET %s/dags/x HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
                            .formatted(API, host, token))
                    .status();
        }
    }

    private static String toldToAirflow(ScriptedOrigin.Request request) {
        String token = request.header("Authorization").substring("Bearer ".length());
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }
}
