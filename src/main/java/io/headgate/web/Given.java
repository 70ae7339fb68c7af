package io.headgate.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.token.TokenValue;
import java.util.stream.Collectors;

/// Shows in an error message what was given: short, on one line, and never a credential.
public final class Given {
    private static final int SHOWN_MAX = 60;

    private Given() {}

    public static String of(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> of(value.textValue());
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case NULL, MISSING -> "nothing";
            case NUMBER, BOOLEAN, BINARY, POJO -> cut(value.asText());
        };
    }

    public static String of(String text) {
        return TokenValue.isHeldBy(text) ? "'***'" : "'" + cut(text) + "'";
    }

    private static String cut(String text) {
        String start = text.codePoints()
                .limit(SHOWN_MAX)
                .mapToObj(c -> TextRule.isPrintable(c) ? Character.toString(c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
        return text.codePointCount(0, text.length()) > SHOWN_MAX ? start + "…" : start;
    }
}
