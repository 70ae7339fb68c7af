package io.headgate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.contract.RecordingManifest.Way;
import io.headgate.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No recorded command is left out silently.
class RecordingManifestTest {
    private static final Path PAGE = Path.of("docs/clients.md");
    private static final String TABLE = "## Every recorded command\n";

    private final RecordingManifest manifest = RecordingManifest.read();

    @Test
    void everyRecordingIsListedAndEveryListedOneIsThere() throws IOException {
        try (Stream<Path> files = Files.list(Recording.FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".json"))
                            .map(name -> name.substring(0, name.length() - ".json".length())))
                    .hasSizeGreaterThan(300)
                    .containsExactlyInAnyOrderElementsOf(manifest.entries().stream()
                            .map(RecordingManifest.Entry::name)
                            .toList());
        }
    }

    @Test
    void whatIsSkippedSaysWhyAndNothingElseDoes() {
        assertThat(manifest.entries())
                .allSatisfy(entry ->
                        assertThat(entry.reason().isEmpty()).as(entry.name()).isEqualTo(entry.way() != Way.SKIPPED));
    }

    @Test
    void thePublishedTableIsTheManifests() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).containsOnlyOnce(TABLE);
        Golden.assertMatches(PAGE, page.substring(0, page.indexOf(TABLE)) + table());
    }

    private String table() {
        List<RecordingManifest.Entry> skipped = manifest.entries().stream()
                .filter(entry -> entry.way() == Way.SKIPPED)
                .toList();
        StringBuilder table = new StringBuilder(TABLE)
                .append(
                        "Made from the list of recordings and compared with it in a test. Of %d commands, %d are played back against the server in\n"
                                .formatted(
                                        manifest.entries().size(),
                                        manifest.entries().size() - skipped.size()))
                .append("every test run, request by request; %d are not, each for a reason.\n"
                        .formatted(skipped.size()));
        Map<String, List<RecordingManifest.Entry>> reasons = skipped.stream()
                .collect(Collectors.groupingBy(RecordingManifest.Entry::reason, TreeMap::new, Collectors.toList()));
        table.append("\n### Played back\n\n| recorded as | command |\n|---|---|\n");
        manifest.entries().stream()
                .filter(entry -> entry.way() != Way.SKIPPED)
                .forEach(entry -> table.append(row(entry)));
        reasons.forEach((reason, entries) -> {
            table.append("\n### Not played back: ").append(reason).append("\n\n| recorded as | command |\n|---|---|\n");
            entries.forEach(entry -> table.append(row(entry)));
        });
        return table.toString();
    }

    private static String row(RecordingManifest.Entry entry) {
        String command =
                Recording.named(entry.name()).command().lines().findFirst().orElse("");
        return "| %s | `%s` |\n"
                .formatted(entry.name(), command.replace("|", "\\|").replace("`", "'"));
    }
}
