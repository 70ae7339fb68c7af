package io.headgate.deployment.log;

import java.util.List;
import java.util.Locale;

/// What of a log somebody wants to see. It is decided for an entry as a whole: a line with a level and those after it
/// that have none, so that an error keeps its trace.
///
/// @param text that one of the lines holds, in whatever case; empty for any
/// @param least the least level
public record LogFilter(String text, LogLevel least) {
    public static final LogFilter EVERYTHING = new LogFilter("", LogLevel.DEBUG);

    boolean takes(LogLevel level, List<String> entry) {
        return level.compareTo(least) >= 0 && (text.isEmpty() || entry.stream().anyMatch(this::holds));
    }

    private boolean holds(String line) {
        return line.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
}
