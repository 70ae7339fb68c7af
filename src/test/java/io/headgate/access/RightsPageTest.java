package io.headgate.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table of rights in `docs/permissions.md` says what the code says, and with which request each right was tried.
///
/// The journey on real Airflow (`journeys/rights.py`) reads the published page, makes each request, and compares.
class RightsPageTest {
    private static final Path PAGE = Path.of("docs/permissions.md");
    private static final String TABLE = "## The 70 rights on a Deployment\n";

    @Test
    void thePublishedTableIsTheCodes() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).containsOnlyOnce(TABLE);
        Golden.assertMatches(PAGE, page.substring(0, page.indexOf(TABLE)) + table());
    }

    @Test
    void eachRightHasARequestOrAReasonForNone() throws IOException {
        assertThat(requests().keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.of(DeploymentPermission.values())
                        .map(DeploymentPermission::wireName)
                        .toList());
        assertThat(requests().values())
                .allMatch(request -> request.contains(" /")
                        || request.equals("no route in Airflow 3.3")
                        || request.equals("page only")
                        || request.equals("feature not built yet"));
    }

    private static String table() throws IOException {
        Map<String, String> requests = requests();
        StringBuilder table = new StringBuilder(TABLE).append("""
                Made from the code and compared with it in a test. WM, WA, WOp, WOw: a Workspace Member, Author, Operator, Owner, on every
                Deployment of the Workspace. DA: the role `DEPLOYMENT_ADMIN` held by a person. TK: the same role held by an API token.
                The last column is the request that the right decides; the tests make each of them on real Airflow, as a token that may and as
                one that may not. A path that begins with `/v1` or `/platform` is the API's, every other one the Deployment's Airflow's.

                | right | WM | WA | WOp | WOw | DA | TK | request |
                |---|---|---|---|---|---|---|---|
                """);
        for (DeploymentPermission permission : DeploymentPermission.values()) {
            String name = permission.wireName();
            String request = requests.getOrDefault(name, "");
            table.append(Stream.of(DeploymentPermission.Column.values())
                            .map(column -> DeploymentPermission.in(column).contains(permission) ? "✓" : "·")
                            .collect(Collectors.joining(" | ", "| `" + name + "` | ", " | ")))
                    .append(request.contains(" /") ? "`" + request + "`" : request)
                    .append(" |\n");
        }
        return table.toString();
    }

    private static Map<String, String> requests() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("src/test/resources/rights.tsv"))) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .collect(Collectors.toMap(cells -> cells[0], cells -> cells[1]));
        }
    }
}
