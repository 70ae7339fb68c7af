package io.headgate.runtime.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headgate.host.ProcessIdentity;
import io.headgate.storage.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// What we remember of a process that we started, across our own death.
///
/// @param apiPort the port of the api-server that it is, or that its tasks report to
record ComponentRecord(ProcessIdentity process, String configHash, int apiPort, Instant startedAt) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Path file(Path folder, Component component) {
        return folder.resolve(component.label() + ".json");
    }

    void write(Path file) {
        PrivateFiles.write(file, text());
    }

    String text() {
        return JSON.createObjectNode()
                .put("pid", process.pid())
                .put("startTicks", process.startTicks())
                .put("session", process.session())
                .put("configHash", configHash)
                .put("apiPort", apiPort)
                .put("startedAt", startedAt.toString())
                .toString();
    }

    /// Empty if there is none, or if it cannot be understood: then the process it meant is a leftover like any other.
    static Optional<ComponentRecord> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static Optional<ComponentRecord> parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return Optional.of(new ComponentRecord(
                    new ProcessIdentity(
                            json.required("pid").asLong(),
                            json.required("startTicks").asLong(),
                            json.required("session").asLong()),
                    json.required("configHash").asText(),
                    json.required("apiPort").asInt(),
                    Instant.parse(json.required("startedAt").asText())));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
