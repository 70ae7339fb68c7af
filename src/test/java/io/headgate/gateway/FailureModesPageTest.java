package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FailureModesPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(gateway\\.[a-z-]+)` \\| (\\d{3}) \\|");

    @Test
    void thePageExplainsExactlyTheCodesThatExist() throws IOException {
        String page = Files.readString(Path.of("docs/gateway-failure-modes.md"));

        List<String> explained = ROW.matcher(page)
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();
        assertThat(explained)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(FailureMode.values())
                        .map(mode -> mode.code() + " " + mode.status())
                        .toList());
    }
}
