package io.headgate.ui.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the page quotes is what the program says.
class TroubleshootingPageTest {
    /// What other programs say.
    private static final String FOREIGN = "## With the stock command line";

    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (.*?) \\| ");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /// What differs from answer to answer; between these the words are fixed.
    private static final Pattern VARIABLE = Pattern.compile("…|environmentVariables\\[0]\\.key"
            + "|[0-9T:Z-]*\\d[0-9T:Z-]*|'[^']*'?|deployment\\.[\\w.]+|\\bGET\\b|\\bCREATING\\b"
            + "|^Deployment(?= not found)|^API token(?= not found)|the URL|: at most|dags/\\S+|line|invalid syntax");

    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final int WORD = 4;

    @Test
    void quotesWhatTheProgramSays() {
        String page = DocsFolder.read("troubleshooting.md");
        String program = program();

        assertThat(quotes(page)).hasSizeGreaterThan(20);
        assertThat(unsaid(page, program)).isEmpty();
        // control: words that were changed on one side only
        assertThat(unsaid(page.replace("unknown, rotated or deleted", "unknown or rotated"), program))
                .containsExactly("API token refused: it is not valid here (unknown or rotated)");
    }

    private static List<String> unsaid(String page, String program) {
        return quotes(page).stream()
                .filter(quote -> VARIABLE.splitAsStream(quote)
                        .map(String::strip)
                        .filter(words -> words.length() >= WORD)
                        .anyMatch(words -> !program.contains(words)))
                .toList();
    }

    private static List<String> quotes(String page) {
        int start = page.indexOf(FOREIGN);
        int end = page.indexOf("\n## ", start + 1);
        String own = page.substring(0, start) + page.substring(end);
        return FIRST_CELL
                .matcher(own)
                .results()
                .map((MatchResult row) -> row.group(1))
                .flatMap(cell -> CODE.matcher(cell).results())
                .map((MatchResult code) -> code.group(1))
                .filter(code -> code.contains(" "))
                .toList();
    }

    /// All of its source, with texts that are put together in one piece.
    private static String program() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(TroubleshootingPageTest::read)
                    .map(text -> JOINED.matcher(text).replaceAll(""))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
