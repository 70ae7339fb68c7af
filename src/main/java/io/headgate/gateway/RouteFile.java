package io.headgate.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The rows of a tab-separated file on the class path: comments and the heading are left out.
record RouteFile(List<List<String>> rows) {

    RouteFile {
        rows = List.copyOf(rows);
    }

    static RouteFile read(String resource, int columns) {
        try (InputStream in = RouteFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            List<List<String>> rows = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("method\t"))
                    .map(line -> List.of(line.split("\t", -1)))
                    .toList();
            for (List<String> row : rows) {
                if (row.size() != columns) {
                    throw new IllegalStateException("%s: not %d columns: %s".formatted(resource, columns, row));
                }
            }
            return new RouteFile(rows);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
