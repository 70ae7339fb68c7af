package io.headgate.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Endpoints;
import io.headgate.config.ApiPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/pages.md tells of every operation of the API whether a page does the same.
final class PagesTableTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]+ /[^`]+)` \\| [^|]+ \\|$");

    @Test
    void noOperationIsMissingAndNoneIsMadeUp() throws IOException {
        List<String> operations = Endpoints.all().stream()
                .filter(endpoint -> ApiPaths.contains(endpoint.template()))
                .map(Endpoints.Endpoint::toString)
                .toList();

        assertThat(rows(Files.readString(Path.of("docs/pages.md"))))
                .hasSizeGreaterThan(30)
                .containsExactlyInAnyOrderElementsOf(operations);
        assertThat(rows("| `GET /v1/planted` | a page |\n"))
                .as("control: a row is read")
                .containsExactly("GET /v1/planted");
    }

    private static List<String> rows(String page) {
        return ROW.matcher(page).results().map(match -> match.group(1)).toList();
    }
}
