package io.headgate.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/// One command of the stock client and what it sent.
record Recording(String name, String command, List<Exchange> exchanges) {
    static final Path FOLDER = Path.of("src/test/resources/contract");
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A request as it was sent, and the status that the client went on with.
    record Exchange(JsonNode request, int status) {}

    /// Those that are played back in the way of that name.
    static List<Recording> thatAre(RecordingManifest.Way way) {
        return RecordingManifest.read().entries().stream()
                .filter(entry -> entry.way() == way)
                .map(entry -> named(entry.name()))
                .toList();
    }

    static Recording named(String name) {
        return read(FOLDER.resolve(name + ".json"));
    }

    @Override
    public String toString() {
        return name;
    }

    private static Recording read(Path file) {
        try {
            JsonNode json = JSON.readTree(file.toFile());
            return new Recording(
                    file.getFileName().toString().replace(".json", ""),
                    json.path("command").asText(),
                    StreamSupport.stream(json.path("exchanges").spliterator(), false)
                            .map(exchange -> new Exchange(
                                    exchange.path("request"),
                                    exchange.path("status").asInt()))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
