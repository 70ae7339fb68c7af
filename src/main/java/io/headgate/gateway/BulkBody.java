package io.headgate.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.headgate.access.DeploymentPermission;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Reads the body of a bulk request strictly enough that Airflow cannot understand it differently.
///
/// Doubled members (Python keeps the last one), anything after the object, another character set (Python's `json`
/// would detect UTF-16), unknown or no actions: all refused, none forwarded. What is inside `entities` is
/// Airflow's business.
final class BulkBody {
    private static final Set<String> ON_EXISTENCE = Set.of("fail", "skip", "overwrite");

    /// Deep enough for any `extra` of a connection; a parser that recurses must not be driven by a stranger.
    private static final int NESTING_MAX = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build())
            .build();

    private BulkBody() {}

    /// What the rule needs for this body and the caller lacks, or a reason why the body is none.
    static Optional<Refusal> objection(ByteBuffer body, BulkRule rule, Set<DeploymentPermission> held) {
        try {
            Set<DeploymentPermission> missing = BulkRule.without(needed(body, rule), held);
            return missing.isEmpty() ? Optional.empty() : Optional.of(Refusal.permissionMissing(missing));
        } catch (Unclear unclear) {
            return Optional.of(Refusal.of(FailureMode.BULK_MALFORMED, "Refused: " + unclear.getMessage()));
        } catch (CharacterCodingException notUtf8) {
            return Optional.of(Refusal.of(FailureMode.BULK_MALFORMED, "Refused: the body is not UTF-8"));
        } catch (IOException notJson) {
            // The parser's own words quote the body.
            return Optional.of(Refusal.of(
                    FailureMode.BULK_MALFORMED, "Refused: the body is not a JSON object without doubled members"));
        }
    }

    private static Set<DeploymentPermission> needed(ByteBuffer body, BulkRule rule) throws IOException, Unclear {
        String text = StandardCharsets.UTF_8.newDecoder().decode(body).toString();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Unclear("the body is not a JSON object");
            }
            Set<DeploymentPermission> needed = new HashSet<>(rule.always());
            boolean actions = false;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                boolean here = json.currentName().equals("actions");
                json.nextToken();
                if (here) {
                    readActions(json, rule, needed);
                    actions = true;
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new Unclear("something follows the JSON object");
            }
            if (!actions) {
                throw new Unclear("actions is missing");
            }
            return needed;
        }
    }

    private static void readActions(JsonParser json, BulkRule rule, Set<DeploymentPermission> needed)
            throws IOException, Unclear {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new Unclear("actions is not a list");
        }
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new Unclear("actions[%d] is not an object".formatted(count));
            }
            readAction(json, rule, needed, "actions[%d]".formatted(count));
            count++;
        }
        if (count == 0) {
            throw new Unclear("actions is empty");
        }
    }

    private static void readAction(JsonParser json, BulkRule rule, Set<DeploymentPermission> needed, String where)
            throws IOException, Unclear {
        String action = "";
        String onExistence = "fail";
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "action" -> action = value == JsonToken.VALUE_STRING ? json.getText() : "";
                case "action_on_existence" -> onExistence = value == JsonToken.VALUE_STRING ? json.getText() : "";
                default -> json.skipChildren();
            }
        }
        if (!rule.byAction().containsKey(action)) {
            throw new Unclear("%s.action must be one of %s"
                    .formatted(where, rule.byAction().keySet().stream().sorted().toList()));
        }
        if (!ON_EXISTENCE.contains(onExistence)) {
            throw new Unclear("%s.action_on_existence must be one of %s"
                    .formatted(where, ON_EXISTENCE.stream().sorted().toList()));
        }
        needed.addAll(rule.neededFor(action, onExistence.equals("overwrite")));
    }

    private static final class Unclear extends Exception {
        private Unclear(String reason) {
            super(reason, null, false, false);
        }
    }
}
