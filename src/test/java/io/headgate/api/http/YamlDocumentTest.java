package io.headgate.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.kernel.ProblemException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// YAML as people write it, without the surprises.
final class YamlDocumentTest {
    @ParameterizedTest
    @ValueSource(strings = {"0123", "1e3", "no", "on", "1_000", "0x1F", "2026-01-02", ".inf", "12:30:00", "1.10"})
    void anUnquotedScalarStaysTheTextThatWasWritten(String text) {
        assertThat(YamlDocument.read("a: " + text).at("/a").textValue()).isEqualTo(text);
    }

    @Test
    void onlyAnUnquotedNothingIsNull() {
        assertThat(YamlDocument.read("{a: , b: ~, c: null}").valueStream()).allMatch(node -> node.isNull());
        assertThat(YamlDocument.read("{a: '', b: '~', c: \"null\"}").valueStream())
                .noneMatch(node -> node.isNull());
    }

    @Test
    void anAliasIsWhatItNames() {
        assertThat(YamlDocument.read("a: &x [1]\nb: *x").at("/b/0").textValue()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `a: 1\\na: 2`             | member twice at line 2, column 1
            `a: !!java.net.URL [x]`   | YAML tag
            `a: !!str 5`              | YAML tag
            `a: 1\\n---\\nb: 2`       | more than one YAML document
            `a: &x [*x]`              | alias that contains itself
            `a: [`                    | not valid YAML
            `a: *nowhere`             | not valid YAML
            `- a`                     | one YAML mapping, given a list
            `? [a]\\n: b`             | a key that is no text
            ` `                       | body missing
            """)
    void whatIsUnclearIsRefusedWithItsPlace(String yaml, String words) {
        assertThatThrownBy(() -> YamlDocument.read(yaml.replace("\\n", "\n")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(words);
    }

    @Test
    void aSecretNearAMistakeIsNotQuoted() {
        assertThatThrownBy(() -> YamlDocument.read("a: s3cret-4b: x\n\tb: s3cret-4b"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("at line")
                .hasMessageNotContaining("s3cret-4b");
    }

    /// A few lines that would become billions of values.
    @Test
    void laughterIsBounded() {
        String bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
                + IntStream.range(1, 9)
                        .mapToObj(i -> "a%d: &a%d [%s]\n"
                                .formatted(
                                        i,
                                        i,
                                        IntStream.range(0, 9)
                                                .mapToObj(_ -> "*a" + (i - 1))
                                                .collect(Collectors.joining(", "))))
                        .collect(Collectors.joining());
        assertThatThrownBy(() -> YamlDocument.read(bomb)).isInstanceOf(ProblemException.class);
    }

    @Test
    void depthIsBounded() {
        assertThat(YamlDocument.read("a: " + "[".repeat(30) + "]".repeat(30)).has("a"))
                .isTrue();
        assertThatThrownBy(() -> YamlDocument.read("a: " + "[".repeat(40) + "]".repeat(40)))
                .isInstanceOf(ProblemException.class);
    }
}
