package io.headgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Item 42: names and descriptions cannot forge a log line, move a terminal's cursor or read backwards.
final class TextRuleTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 0x1B, 0x7F, 0x85, 0xAD, 0x200B, 0x200E, 0x202E, 0x2028, 0x2029, 0x2066, 0xFEFF, 0xFFFE, 0xE0041
            })
    void refusesWhatCannotBeSeen(int character) {
        String text = "a" + Character.toString(character) + "b";

        assertThat(accepts(TextRule.line(1, 10), text)).isFalse();
        assertThat(accepts(TextRule.lines(10), text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci", "naïve", "日本語", "a-b_c/d", "=1+1", "\uD83D\uDC69\u200D\uD83D\uDE80", " a ", "<b>"})
    void acceptsWhatPeopleWrite(String text) {
        assertThat(accepts(TextRule.line(1, 10), text)).isTrue();
    }

    @Test
    void allowsLinesOnlyWhereTheyMakeSense() {
        assertThat(accepts(TextRule.lines(10), "a\n\tb")).isTrue();
        assertThat(accepts(TextRule.line(1, 10), "a\nb")).isFalse();
        assertThat(accepts(TextRule.lines(10), "a\rb")).isFalse();
    }

    @Test
    void refusesHalfACharacter() {
        assertThat(accepts(TextRule.line(1, 10), "\uD83D")).isFalse();
    }

    @Test
    void countsCharacters() {
        String face = "\uD83D\uDE00";
        assertThat(accepts(TextRule.line(1, 3), face.repeat(3))).isTrue();
        assertThat(accepts(TextRule.line(1, 3), face.repeat(4))).isFalse();
        assertThat(accepts(TextRule.lines(3), "")).isTrue();
    }

    private static boolean accepts(TextRule rule, String text) {
        return rule.read(new Member("name", TextNode.valueOf(text), new ArrayList<>()))
                .isPresent();
    }
}
