package io.headgate.alert;

import java.util.List;
import java.util.Optional;

/// What is told, in no particular format (A12).
public record Message(String title, List<Line> lines, Optional<String> link) {
    public Message {
        lines = List.copyOf(lines);
    }

    /// For example `Failed at` and a time.
    public record Line(String name, String value) {}
}
