package io.headgate.runtime.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headgate.deploy.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// What our script says it found. User code runs in the same process and may have written it, so every member is taken
/// for the words of a stranger: of the right type, within limits, in characters that can be shown.
///
/// @param redact takes out what nobody may read
record ValidationResult(UnaryOperator<String> redact) {
    /// Of the whole text.
    static final int BYTES_MAX = 8 * 1024 * 1024;

    private static final int DAGS_MAX = 10_000;
    private static final int DAG_ID_LENGTH_MAX = 250;
    private static final int FINDINGS_MAX = 200;
    private static final int PATH_LENGTH_MAX = 1000;
    private static final int MESSAGE_LENGTH_MAX = 2000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Empty if the text is not what our script writes.
    Optional<Findings> parse(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            return Optional.of(new Findings(
                    dagIds(array(root, "dagIds", DAGS_MAX)),
                    findings(array(root, "errors", FINDINGS_MAX)),
                    findings(array(root, "warnings", FINDINGS_MAX))));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// A sentence as it may be shown.
    String shown(String sentence) {
        String clean = redact.apply(sentence)
                .codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .filter(c -> Character.getType(c) != Character.FORMAT && Character.getType(c) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return clean.length() > MESSAGE_LENGTH_MAX ? clean.substring(0, MESSAGE_LENGTH_MAX - 1) + "…" : clean;
    }

    /// A path within the archive; empty if it is none.
    static String path(String text) {
        boolean within = !text.isEmpty()
                && text.length() <= PATH_LENGTH_MAX
                && !text.startsWith("/")
                && text.codePoints().noneMatch(Character::isISOControl)
                && List.of(text.split("/", -1)).stream()
                        .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
        return within ? text : "";
    }

    private static JsonNode array(JsonNode root, String name, int most) {
        JsonNode array = root.required(name);
        if (!array.isArray() || array.size() > most) {
            throw new IllegalArgumentException(name);
        }
        return array;
    }

    private static List<String> dagIds(JsonNode array) {
        TreeSet<String> ids = new TreeSet<>();
        for (JsonNode id : array) {
            String text = string(id);
            if (text.isEmpty()
                    || text.length() > DAG_ID_LENGTH_MAX
                    || text.codePoints().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("dagIds");
            }
            ids.add(text);
        }
        return List.copyOf(ids);
    }

    private List<Findings.Finding> findings(JsonNode array) {
        List<Findings.Finding> findings = new ArrayList<>();
        for (JsonNode entry : array) {
            findings.add(new Findings.Finding(
                    path(string(entry.required("file"))),
                    line(entry.required("line")),
                    shown(string(entry.required("message")))));
        }
        return findings;
    }

    private static OptionalInt line(JsonNode line) {
        return line.canConvertToInt() && line.isIntegralNumber() && line.intValue() > 0
                ? OptionalInt.of(line.intValue())
                : OptionalInt.empty();
    }

    private static String string(JsonNode node) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException("not a text");
        }
        return node.textValue();
    }
}
