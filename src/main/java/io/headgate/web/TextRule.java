package io.headgate.web;

import java.util.Optional;
import java.util.OptionalInt;

/// Texts that people read later in tables, logs and terminals: bounded in characters, and nothing invisible (item 42).
///
/// @param min in characters, which are code points; 1 also refuses a text of only white space
/// @param lines whether line breaks and tabs are allowed
public record TextRule(int min, int max, boolean lines) implements MemberRule<String> {
    private static final int REPLACEABLE_PLANE_END = 0xFFFE;

    /// For names: one line.
    public static TextRule line(int min, int max) {
        return new TextRule(min, max, false);
    }

    /// For descriptions: any number of lines, or none.
    public static TextRule lines(int max) {
        return new TextRule(0, max, true);
    }

    @Override
    public Optional<String> read(Member member) {
        if (!member.value().isTextual()) {
            return member.refuse("type", "must be a text");
        }
        String text = member.value().textValue();
        int length = text.codePointCount(0, text.length());
        if (length < min || (min > 0 && text.isBlank())) {
            return member.refuse("min", "must be " + range() + ", given " + (length < min ? length : "only spaces"));
        }
        if (length > max) {
            return member.refuse("max", "must be " + range() + ", given " + length);
        }
        OptionalInt strange = text.codePoints().filter(c -> !isAllowed(c)).findFirst();
        if (strange.isPresent()) {
            return member.refuse(
                    "characters",
                    String.format(
                            "must not hold control or invisible characters, given one: U+%04X", strange.getAsInt()));
        }
        return Optional.of(text);
    }

    private String range() {
        return (min == 0 ? "at most " + max : min + "–" + max) + " characters";
    }

    private boolean isAllowed(int character) {
        return isPrintable(character) || (lines && (character == '\n' || character == '\t'));
    }

    /// Whether a character can be shown on one line without hiding or reordering what stands beside it.
    static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            case Character.FORMAT -> joinsLetters(character);
            default -> (character & REPLACEABLE_PLANE_END) != REPLACEABLE_PLANE_END;
        };
    }

    /// Scripts and emoji need the joiners; every other format character, such as the bidirectional ones, deceives.
    private static boolean joinsLetters(int character) {
        return character == 0x200C || character == 0x200D;
    }
}
