package io.headgate.web;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes maps, lists, texts, numbers and truths as YAML in which every text reads as the same text, whichever version
/// of YAML the reader speaks.
public final class YamlWriter {
    private static final String STEP = "  ";

    /// Nothing that any reader takes for a number, a time, a truth or a sign of YAML.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./@-]*(?: [A-Za-z0-9_./@-]+)*");

    private static final Set<String> WORDS =
            Set.of("y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", "inf");

    /// Printable lines that neither start with a blank nor end with one, the last without a line break.
    private static final Pattern BLOCK = Pattern.compile("(?:[!-~](?:[ -~]*[!-~])?)?(?:\n(?:[!-~](?:[ -~]*[!-~])?)?)+");

    private final StringBuilder text = new StringBuilder();

    private YamlWriter() {}

    /// The text of a document.
    public static String write(Map<String, ?> document) {
        YamlWriter writer = new YamlWriter();
        writer.members(document, "");
        return writer.text.toString();
    }

    private void members(Map<?, ?> map, String indent) {
        String before = indent;
        for (Map.Entry<?, ?> member : map.entrySet()) {
            text.append(before).append(member.getKey()).append(':');
            value(member.getValue(), indent);
            before = indent;
        }
    }

    private void value(Object value, String indent) {
        switch (value) {
            case Map<?, ?> map
            when !map.isEmpty() -> {
                text.append('\n');
                members(map, indent + STEP);
            }
            case Map<?, ?> _ -> text.append(" {}\n");
            case List<?> list
            when !list.isEmpty() -> {
                text.append('\n');
                list.forEach(element -> element(element, indent + STEP));
            }
            case List<?> _ -> text.append(" []\n");
            case String string ->
                text.append(' ').append(scalar(string, indent)).append('\n');
            default -> text.append(' ').append(value).append('\n');
        }
    }

    private void element(Object element, String indent) {
        text.append(indent).append('-');
        if (element instanceof Map<?, ?> map && !map.isEmpty()) {
            int start = text.length();
            members(map, indent + STEP);
            // the first member stands beside the dash
            text.replace(start, start + indent.length() + STEP.length(), " ");
        } else {
            value(element, indent);
        }
    }

    private static String scalar(String string, String indent) {
        if (PLAIN.matcher(string).matches() && !WORDS.contains(string.toLowerCase(Locale.ROOT))) {
            return string;
        }
        boolean block = BLOCK.matcher(string).matches() && !string.startsWith("\n") && !string.endsWith("\n");
        return block
                ? "|-\n" + indent + STEP + string.replace("\n", "\n" + indent + STEP)
                : '"' + visible(new String(JsonStringEncoder.getInstance().quoteAsString(string))) + '"';
    }

    /// Beside what JSON escapes, YAML breaks lines at some characters and refuses others.
    private static String visible(String quoted) {
        return quoted.chars()
                .mapToObj(c -> isVisible((char) c) ? Character.toString(c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
    }

    private static boolean isVisible(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
