package io.headgate.gateway;

import static io.headgate.access.DeploymentPermission.AIRFLOW_DAG_RUN_DELETE;
import static io.headgate.access.DeploymentPermission.AIRFLOW_DAG_RUN_UPDATE;
import static io.headgate.access.DeploymentPermission.AIRFLOW_POOL_CREATE;
import static io.headgate.access.DeploymentPermission.AIRFLOW_POOL_DELETE;
import static io.headgate.access.DeploymentPermission.AIRFLOW_POOL_UPDATE;
import static io.headgate.access.DeploymentPermission.AIRFLOW_TASK_INSTANCE_DELETE;
import static io.headgate.access.DeploymentPermission.AIRFLOW_TASK_INSTANCE_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.DeploymentPermission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bulk requests carry the real verb in the body: it is read as strictly as it is enforced, and passed on
/// unchanged.
class BulkBodiesTest {
    private static final String POOLS = TestGateway.API + "/pools";
    private static final String RUNS = TestGateway.API + "/dags/~/dagRuns";
    private static final String TASKS = TestGateway.API + "/dags/~/dagRuns/~/taskInstances";
    private static final String JSON = "Content-Type: application/json";
    private static final Set<DeploymentPermission> POOL_WRITER =
            Set.of(AIRFLOW_POOL_CREATE, AIRFLOW_POOL_UPDATE, AIRFLOW_POOL_DELETE);

    private ScriptedOrigin origin;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        origin = ScriptedOrigin.answering(request -> request.ok(request.body()));
        gateway = TestGateway.before(origin);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    @Test
    void everyActionNeedsItsPermission() throws IOException {
        allowedBut(POOLS, Set.of(AIRFLOW_POOL_CREATE), action("create"), action("delete"), "pool.delete");
        allowedBut(POOLS, Set.of(AIRFLOW_POOL_UPDATE), action("update"), action("create"), "pool.create");
        allowedBut(POOLS, Set.of(AIRFLOW_POOL_DELETE), action("delete"), action("update"), "pool.update");
        allowedBut(
                POOLS,
                Set.of(AIRFLOW_POOL_CREATE),
                action("create"),
                action("create") + "," + action("delete"),
                "pool.delete");
        allowedBut(RUNS, Set.of(AIRFLOW_DAG_RUN_UPDATE), action("update"), action("delete"), "dagRun.delete");
        allowedBut(RUNS, Set.of(AIRFLOW_DAG_RUN_DELETE), action("delete"), action("update"), "dagRun.update");
    }

    @Test
    void toOverwriteIsToUpdate() throws IOException {
        String overwriting = "{\"action\":\"create\",\"action_on_existence\":\"overwrite\",\"entities\":[]}";
        String skipping = overwriting.replace("overwrite", "skip");

        allowedBut(POOLS, Set.of(AIRFLOW_POOL_CREATE), skipping, overwriting, "pool.update");
        assertThat(patch(POOLS, POOL_WRITER, actions(overwriting)).status()).isEqualTo(200);
    }

    @Test
    void taskInstancesAlwaysNeedUpdate() throws IOException {
        RawResponse refused = patch(TASKS, Set.of(AIRFLOW_TASK_INSTANCE_DELETE), actions(action("delete")));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("taskInstance.update");
        assertThat(origin.requests()).isEmpty();
        Set<DeploymentPermission> both = Set.of(AIRFLOW_TASK_INSTANCE_DELETE, AIRFLOW_TASK_INSTANCE_UPDATE);
        assertThat(patch(TASKS, both, actions(action("delete"))).status()).isEqualTo(200);
    }

    @Test
    void theBytesThatWereJudgedAreTheBytesThatArrive() throws IOException {
        String body = "{ \"x\" : [1, {\"a\":null}],\n\t\"\\u0061ctions\":[" + action("update") + "]}  \n";

        RawResponse echoed = patch(POOLS, POOL_WRITER, body);
        assertThat(echoed.body()).isEqualTo(body);
        assertThat(origin.onlyRequest().header("Content-Length")).isEqualTo(Integer.toString(body.length()));

        try (RawClient client = gateway.connect()) {
            RawResponse chunked = client.exchange(gateway.request("PATCH", POOLS, JSON, "Transfer-Encoding: chunked")
                    + "%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body));
            assertThat(chunked.body()).isEqualTo(body);
        }
    }

    @Test
    void whatAirflowCouldUnderstandDifferentlyIsNeverForwarded() throws IOException {
        String good = actions(action("update"));
        List<String> bad = List.of(
                "",
                "{}",
                "[]",
                "null",
                "{\"actions\":[]}",
                "{\"actions\":null}",
                "{\"actions\":{}}",
                "{\"actions\":[[]]}",
                "{\"actions\":[{}]}",
                "{\"actions\":[{\"action\":null}]}",
                actions(action("DELETE")),
                actions(action("upsert")),
                "{\"actions\":[" + action("update") + "],\"actions\":[" + action("delete") + "]}",
                "{\"actions\":[" + action("update") + "],\"\\u0061ctions\":[" + action("delete") + "]}",
                actions("{\"action\":\"update\",\"action\":\"delete\",\"entities\":[]}"),
                actions("{\"action\":\"create\",\"action_on_existence\":\"OVERWRITE\",\"entities\":[]}"),
                actions("{\"action\":\"update\",\"entities\":[{\"a\":1,\"a\":2}]}"),
                good + good,
                good + " x",
                good.substring(1),
                good.substring(0, good.length() - 1),
                "\u00ef\u00bb\u00bf" + good,
                good.replace("update", "upd\u00ffate"),
                "[".repeat(100) + "]".repeat(100),
                "{\"actions\":[" + action("update") + "],\"deep\":" + "[".repeat(100) + "]".repeat(100) + "}",
                new String(good.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));

        for (String body : bad) {
            RawResponse refused = patch(POOLS, POOL_WRITER, body);
            assertThat(refused.status()).as(body).isEqualTo(400);
            assertThat(refused.failure()).isEqualTo("gateway.bulk-malformed");
        }
        assertThat(patch(RUNS, Set.of(AIRFLOW_DAG_RUN_UPDATE), actions(action("create")))
                        .status())
                .isEqualTo(400);
        assertThat(origin.requests()).isEmpty();
        assertThat(patch(POOLS, POOL_WRITER, good).status()).isEqualTo(200);
    }

    @Test
    void aBodyOverTheLimitIsRefusedHoweverItComes() throws IOException {
        int limit = GatewaySettings.Limits.standard().bulkBodyBytes();
        String atLimit = padded(limit);
        String overLimit = padded(limit + 1);

        assertThat(patch(POOLS, POOL_WRITER, overLimit).status()).isEqualTo(413);
        try (RawClient client = gateway.connect()) {
            RawResponse chunked = client.exchange(gateway.request("PATCH", POOLS, JSON, "Transfer-Encoding: chunked")
                    + "%x\r\n%s\r\n0\r\n\r\n".formatted(overLimit.length(), overLimit));
            assertThat(chunked.status()).isEqualTo(413);
        }
        assertThat(origin.requests()).isEmpty();
        assertThat(patch(POOLS, POOL_WRITER, atLimit).body()).isEqualTo(atLimit);
    }

    @Test
    void onlyPlainJsonIsRead() throws IOException {
        String body = actions(action("update"));
        for (String header : List.of(
                "Content-Type: text/plain",
                "Content-Type: application/json; charset=utf-16",
                "X-No-Type: at-all",
                JSON + "\r\nContent-Encoding: gzip",
                JSON + "\r\n" + JSON)) {
            try (RawClient client = gateway.connect()) {
                RawResponse refused = client.exchange(
                        gateway.request("PATCH", POOLS, header, "Content-Length: " + body.length()) + body);
                assertThat(refused.status()).as(header).isEqualTo(415);
            }
        }
        assertThat(origin.requests()).isEmpty();
        try (RawClient client = gateway.connect()) {
            assertThat(client.exchange(gateway.request(
                                            "PATCH",
                                            POOLS,
                                            "Content-Type: Application/JSON; charset=\"UTF-8\"",
                                            "Content-Length: " + body.length())
                                    + body)
                            .status())
                    .isEqualTo(200);
        }
    }

    private void allowedBut(String path, Set<DeploymentPermission> held, String allowed, String refused, String missing)
            throws IOException {
        int before = origin.requests().size();
        RawResponse response = patch(path, held, actions(refused));
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body())
                .isEqualTo("{\"detail\":\"Forbidden: this needs deployment.airflow." + missing + "\"}");
        assertThat(origin.requests()).hasSize(before);
        assertThat(patch(path, held, actions(allowed)).status()).isEqualTo(200);
    }

    private RawResponse patch(String path, Set<DeploymentPermission> held, String body) throws IOException {
        try (RawClient client = gateway.connect()) {
            return client.exchange(
                    gateway.requestAs(gateway.token(held), "PATCH", path, JSON, "Content-Length: " + body.length())
                            + body);
        }
    }

    private static String action(String verb) {
        return "{\"action\":\"%s\",\"entities\":[{\"name\":\"a\"}]}".formatted(verb);
    }

    private static String actions(String actions) {
        return "{\"actions\":[" + actions + "]}";
    }

    private static String padded(int length) {
        String body = actions(action("update"));
        return body + " ".repeat(length - body.length());
    }
}
