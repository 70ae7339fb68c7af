package io.headgate.api.v1.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.headgate.web.MemberRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What the values of a Deployment file may look like: in YAML everything is a text at first, and letter case of
/// names does not count (F2). Each rule gives the value as the API takes it.
final class FileRules {
    private static final Set<String> YES = Set.of("true", "yes", "on");
    private static final Set<String> NO = Set.of("false", "no", "off");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}");
    private static final String EXECUTOR_ENDING = "EXECUTOR";

    private FileRules() {}

    /// Exactly what was written, and so no number of JSON, of which only the value is known.
    static MemberRule<JsonNode> exactText() {
        return member -> member.value().isTextual()
                ? Optional.of(member.value())
                : member.refuse("type", "must be a text: put it in quotes");
    }

    static MemberRule<JsonNode> text() {
        return member -> member.value().isTextual() || member.value().isNumber()
                ? Optional.of(TextNode.valueOf(member.value().asText()))
                : member.refuse("type", "must be a text");
    }

    static MemberRule<JsonNode> name() {
        return member -> text().read(member)
                .map(node -> TextNode.valueOf(node.textValue().toUpperCase(Locale.ROOT)));
    }

    /// Also in the long form, `CeleryExecutor`.
    static MemberRule<JsonNode> executor() {
        return member -> name().read(member).map(node -> {
            String text = node.textValue();
            return TextNode.valueOf(
                    text.endsWith(EXECUTOR_ENDING)
                            ? text.substring(0, text.length() - EXECUTOR_ENDING.length())
                            : text);
        });
    }

    static MemberRule<JsonNode> bool() {
        return member -> {
            String text = member.value().asText().toLowerCase(Locale.ROOT);
            boolean known = member.value().isBoolean() || (member.value().isTextual() && isTruth(text));
            return known
                    ? Optional.of(BooleanNode.valueOf(YES.contains(text)))
                    : member.refuseGiven("type", "must be true or false");
        };
    }

    static MemberRule<JsonNode> number() {
        return member -> {
            JsonNode value = member.value();
            boolean whole = value.isInt()
                    || (value.isTextual() && NUMBER.matcher(value.textValue()).matches());
            return whole
                    ? Optional.of(IntNode.valueOf(Integer.parseInt(value.asText())))
                    : member.refuseGiven("type", "must be a whole number");
        };
    }

    static MemberRule<List<JsonNode>> listOf(int max, MemberRule<JsonNode> element) {
        return MemberRule.list(max, element);
    }

    private static boolean isTruth(String text) {
        return YES.contains(text) || NO.contains(text);
    }
}
