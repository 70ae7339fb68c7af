package io.headgate.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// One command of the stock client and what it sent.
record Recording(String name, String command, List<Exchange> exchanges) {
    private static final Path FOLDER = Path.of("src/test/resources/contract");
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A request as it was sent, and the status that the client went on with.
    record Exchange(JsonNode request, int status) {}

    static List<Recording> all() {
        return in(FOLDER);
    }

    static List<Recording> allIn(String subfolder) {
        return in(FOLDER.resolve(subfolder));
    }

    private static List<Recording> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Recording::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
