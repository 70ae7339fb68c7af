package io.headgate.runtime.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headgate.host.ProcessIdentity;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// A process of a generation that is being replaced.
///
/// @param toldAt when it was asked to stop; until then it works as before
record OutgoingProcess(Component component, ComponentRecord record, Optional<Instant> toldAt) {
    static final String FILE_PREFIX = "outgoing-";

    private static final ObjectMapper JSON = new ObjectMapper();

    /// What nobody understands means nothing that could be taken over.
    static Optional<OutgoingProcess> parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            Optional<Instant> toldAt = json.path("toldAt").isTextual()
                    ? Optional.of(Instant.parse(json.get("toldAt").asText()))
                    : Optional.empty();
            Component component = Component.valueOf(json.required("component").asText());
            return ComponentRecord.parse(json.required("record").toString())
                    .map(record -> new OutgoingProcess(component, record, toldAt));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    String text() {
        try {
            var json = JSON.createObjectNode().put("component", component.name());
            json.set("record", JSON.readTree(record.text()));
            toldAt.ifPresent(at -> json.put("toldAt", at.toString()));
            return json.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was just written as JSON cannot be read", e);
        }
    }

    OutgoingProcess toldAt(Instant at) {
        return new OutgoingProcess(component, record, Optional.of(at));
    }

    ProcessIdentity process() {
        return record.process();
    }

    Path file(Path folder) {
        return folder.resolve(FILE_PREFIX + component.label() + "-" + process().pid() + ".json");
    }
}
