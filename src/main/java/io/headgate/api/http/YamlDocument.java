package io.headgate.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headgate.kernel.Problem;
import io.headgate.kernel.ProblemException;
import io.headgate.web.Given;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads one YAML mapping without ever making objects of it, and without guessing types: `0123`, `1e3`, `no` and
/// `2026-01-02` stay texts; an unquoted nothing, `~` or `null` is null.
///
/// Refused: tags, a key that appears twice, aliases that contain themselves, more than one document, more than 32
/// levels, more than 20,000 nodes with aliases counted each time they are used.
final class YamlDocument {
    private static final int NESTING_MAX = 32;
    private static final int NODES_MAX = 20_000;
    private static final int ALIASES_MAX = 50;
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private final Deque<Node> path = new ArrayDeque<>();
    private int nodes;

    private YamlDocument() {}

    static JsonNode read(String text) {
        if (text.isBlank()) {
            throw problem("body missing: send one YAML mapping");
        }
        try {
            LoaderOptions options = new LoaderOptions();
            options.setNestingDepthLimit(NESTING_MAX);
            options.setMaxAliasesForCollections(ALIASES_MAX);
            options.setCodePointLimit(RequestBody.BYTES_MAX);
            Yaml yaml = new Yaml(new SafeConstructor(options));
            refuseTags(yaml, text);
            JsonNode node = new YamlDocument().converted(yaml.compose(new StringReader(text)));
            if (!node.isObject()) {
                throw problem("body must be one YAML mapping, given " + Given.of(node));
            }
            return node;
        } catch (MarkedYAMLException e) {
            // its own words may quote the body, and the body may hold a secret
            throw problem("body is not valid YAML" + place(e.getProblemMark()));
        } catch (YAMLException e) {
            throw problem("body is not valid YAML: it is nested or repeated too much, or holds control characters");
        }
    }

    private static void refuseTags(Yaml yaml, String text) {
        int documents = 0;
        for (Event event : yaml.parse(new StringReader(text))) {
            boolean tagged = switch (event) {
                case ScalarEvent scalar -> scalar.getTag() != null;
                case CollectionStartEvent collection -> collection.getTag() != null;
                default -> false;
            };
            if (tagged) {
                throw problem("body has a YAML tag, and none is taken" + place(event.getStartMark()));
            }
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                throw problem("body has more than one YAML document" + place(event.getStartMark()));
            }
        }
    }

    private JsonNode converted(Node node) {
        if (++nodes > NODES_MAX) {
            throw problem("body has more than " + NODES_MAX + " values");
        }
        if (path.contains(node)) {
            throw problem("body has an alias that contains itself" + place(node.getStartMark()));
        }
        path.push(node);
        JsonNode converted = switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence -> sequence(sequence);
            case MappingNode mapping -> mapping(mapping);
            default -> throw problem("body is not valid YAML" + place(node.getStartMark()));
        };
        path.pop();
        return converted;
    }

    private JsonNode scalar(ScalarNode scalar) {
        boolean plain = scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN;
        return plain && NOTHING.contains(scalar.getValue()) ? json.nullNode() : json.textNode(scalar.getValue());
    }

    private ArrayNode sequence(SequenceNode sequence) {
        ArrayNode array = json.arrayNode();
        sequence.getValue().forEach(element -> array.add(converted(element)));
        return array;
    }

    private ObjectNode mapping(MappingNode mapping) {
        ObjectNode object = json.objectNode();
        for (NodeTuple member : mapping.getValue()) {
            if (!(member.getKeyNode() instanceof ScalarNode key)) {
                throw problem("body has a key that is no text"
                        + place(member.getKeyNode().getStartMark()));
            }
            if (object.has(key.getValue())) {
                throw problem("body has a member twice" + place(key.getStartMark()));
            }
            object.set(key.getValue(), converted(member.getValueNode()));
        }
        return object;
    }

    private static String place(Mark mark) {
        return mark == null ? "" : " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }

    private static ProblemException problem(String message) {
        return Problem.badRequest("request.body", message).asException();
    }
}
