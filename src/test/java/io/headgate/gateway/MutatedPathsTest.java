package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.DeploymentPermission;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Whatever is done to a path: what reaches Airflow is something that Airflow, reading it in its own way, would
/// serve under the one permission that the caller holds.
///
/// The judge here shares no code with the gateway: like Airflow's server it decodes the whole path once and then
/// tries one regular expression a route.
class MutatedPathsTest {
    private static final int ROUNDS = 8_000;
    private static final long SEED = 20_260_101;
    private static final String[] PIECES = {
        "/",
        "//",
        "%2F",
        "%2f",
        "%252F",
        "..",
        ".",
        "%2e%2e",
        ";",
        ";x=/../",
        "\\",
        "%5C",
        "%00",
        "%",
        "%zz",
        "?",
        "#",
        "dags",
        "dagRuns",
        "connections",
        "execution",
        "auth",
        "api/v2",
        "~",
        "variables",
        "%C0%AF",
        "%c3%a9",
        "+",
        " ",
        "other",
        "quick",
        "@",
        ":",
        "//quick",
        "http://localhost/",
        "xcomEntries",
        "taskInstances",
        "*",
        "\t",
        "e"
    };

    private record Rule(String method, Pattern path, String demand) {}

    @Test
    void neverReachAnythingBeyondTheCallersPermission() throws IOException {
        List<Rule> rules = rules();
        Random random = new Random(SEED);
        int reached = 0;
        try (ScriptedOrigin origin = ScriptedOrigin.agreeing();
                TestGateway gateway = TestGateway.before(origin)) {
            String token = gateway.token(Set.of(DeploymentPermission.AIRFLOW_DAG_GET));
            RawClient client = gateway.connect();
            for (int i = 0; i < ROUNDS; i++) {
                String path = mutated(random);
                int before = origin.requests().size();
                RawResponse response = client.exchange(gateway.requestAs(token, "GET", path, "Accept: text/html"));
                if (response.header("Connection").equals("close")) {
                    client.close();
                    client = gateway.connect();
                }
                if (origin.requests().size() > before) {
                    reached++;
                    String served = origin.requests().getLast().target();
                    assertThat(path).endsWith(served);
                    assertThat(permittedByAirflow(rules, served)).as(path).isTrue();
                } else {
                    assertThat(response.failure()).as(path).isNotEmpty();
                }
            }
            client.close();
        }
        // Otherwise the mutations are so wild that nothing is tried.
        assertThat(reached).isGreaterThan(ROUNDS / 100);
    }

    private static boolean permittedByAirflow(List<Rule> rules, String target) {
        String path = target.replaceFirst("\\?.*", "");
        String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        assertThat(decoded).startsWith("/quick/");
        String below = decoded.substring("/quick".length());
        List<String> demands = rules.stream()
                .filter(rule -> rule.method().equals("GET")
                        && rule.path().matcher(below).matches())
                .map(Rule::demand)
                .toList();
        return demands.contains("deployment.airflow.dag.get") || demands.contains("any-token");
    }

    private static String mutated(Random random) {
        String[] bases = {
            "/quick/api/v2/dags/d/details",
            "/quick/api/v2/dags",
            "/quick/api/v2/dags/d/tasks/t",
            "/quick/api/v2/version",
            "/quick/api/v2/connections/c",
            "/quick/api/v2/variables/v"
        };
        StringBuilder path = new StringBuilder(bases[random.nextInt(bases.length)]);
        for (int i = random.nextInt(3); i >= 0; i--) {
            // Mostly behind the prefix, where the interesting paths are.
            int from = random.nextInt(4) == 0 ? 0 : Math.min(path.length(), TestGateway.API.length());
            int at = from + random.nextInt(path.length() + 1 - from);
            String piece = PIECES[random.nextInt(PIECES.length)];
            if (random.nextInt(3) == 0) {
                path.replace(at, Math.min(path.length(), at + random.nextInt(6)), piece);
            } else {
                path.insert(at, piece);
            }
        }
        return path.toString();
    }

    private static List<Rule> rules() throws IOException {
        List<Rule> rules = new ArrayList<>();
        try (InputStream in = MutatedPathsTest.class.getResourceAsStream("/airflow/airflow-3.3.2-routes.tsv")) {
            assertThat(in).isNotNull();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.startsWith("#") && !line.isEmpty()) {
                    String[] cells = line.split("\t", -1);
                    String pattern = ("/api/v2" + cells[1])
                            .replaceAll("\\{[^}]*:path}", ".*")
                            .replaceAll("\\{[^}]*}", "[^/]+");
                    rules.add(new Rule(cells[0], Pattern.compile(pattern), cells[4]));
                }
            }
        }
        return rules;
    }
}
