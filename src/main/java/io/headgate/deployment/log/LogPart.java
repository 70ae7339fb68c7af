package io.headgate.deployment.log;

import java.util.List;

/// Some lines of a log in their order.
///
/// @param next where the lines after these begin
/// @param gap whether lines before these can be missing, because the log was turned over
public record LogPart(List<String> lines, LogPosition next, boolean gap) {
    public LogPart {
        lines = List.copyOf(lines);
    }
}
