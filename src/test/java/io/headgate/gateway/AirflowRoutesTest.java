package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.DeploymentPermission;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every row of both route files, over the wire: exactly its permissions open it, any one less closes it, and a
/// closed row is closed for whoever may do everything.
class AirflowRoutesTest {
    /// The rulings that stand above the files (design §6).
    private static final List<String> NEVER = List.of("/ui/auth/token", "/auth", "/execution", "/docs", "/redoc");

    private static ScriptedOrigin origin;
    private static TestGateway gateway;
    private static RawClient client;

    @BeforeAll
    static void start() throws IOException {
        origin = ScriptedOrigin.agreeing();
        gateway = TestGateway.before(origin);
        client = gateway.connect();
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        gateway.close();
        origin.close();
    }

    private record Row(String method, String template, String demand) {
        String path() {
            return "/quick"
                    + template.replaceAll("\\{[^}]*:path}", "tail/of/it").replaceAll("\\{[^}]*}", "a.b-1");
        }

        boolean never() {
            return demand.equals("deny") || NEVER.stream().anyMatch(template::startsWith);
        }

        Set<DeploymentPermission> permissions() {
            if (demand.equals("any-token")) {
                return Set.of();
            }
            return Arrays.stream(demand.split("\\+", -1))
                    .map(name -> DeploymentPermission.named(name).orElseThrow())
                    .collect(Collectors.toSet());
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRowIsOpenedByItsPermissionsAndByNothingLess() throws IOException {
        List<Row> rows = rows();
        assertThat(rows).hasSizeGreaterThan(170);
        return rows.stream()
                .filter(row -> !row.demand().equals("bulk"))
                .map(row -> DynamicTest.dynamicTest(row.method() + " " + row.template(), () -> check(row)));
    }

    private static void check(Row row) throws IOException {
        if (row.never()) {
            RawResponse response = request(row, EnumSet.allOf(DeploymentPermission.class));
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.failure()).isEqualTo("gateway.never-forwarded");
            return;
        }
        assertThat(request(row, row.permissions()).status()).isEqualTo(200);
        for (DeploymentPermission one : row.permissions()) {
            Set<DeploymentPermission> others = EnumSet.allOf(DeploymentPermission.class);
            others.remove(one);
            RawResponse refused = request(row, others);
            assertThat(refused.status()).isEqualTo(403);
            if (!row.method().equals("HEAD")) {
                assertThat(refused.body()).isEqualTo("{\"detail\":\"Forbidden: this needs " + one.wireName() + "\"}");
            }
        }
    }

    private static RawResponse request(Row row, Set<DeploymentPermission> permissions) throws IOException {
        String request = gateway.requestAs(gateway.token(permissions), row.method(), row.path(), "Accept: text/html");
        return row.method().equals("HEAD")
                ? new RawResponse(client.send(request).responseHead(), "")
                : client.exchange(request);
    }

    private static List<Row> rows() throws IOException {
        Stream<Row> api = lines("/airflow/airflow-3.3.2-routes.tsv")
                .map(cells -> new Row(cells[0], "/api/v2" + cells[1], cells[4]));
        Stream<Row> others = lines("/airflow/airflow-3.3.2-other-routes.tsv").flatMap(AirflowRoutesTest::methodsOf);
        return Stream.concat(api, others).toList();
    }

    private static Stream<Row> methodsOf(String[] cells) {
        String demand = cells[3].replace("allow ", "");
        return cells[0].equals("*")
                ? Stream.of(
                        new Row("GET", cells[1], demand),
                        new Row("HEAD", cells[1] + "/a/file.js", demand),
                        new Row("GET", cells[1] + "/a/file.js", demand))
                : Stream.of(new Row(cells[0], cells[1], demand));
    }

    private static Stream<String[]> lines(String resource) throws IOException {
        try (InputStream in = AirflowRoutesTest.class.getResourceAsStream(resource)) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#") && !line.startsWith("method"))
                            .map(line -> line.split("\t", -1))
                            .toList()
                            .stream();
        }
    }
}
