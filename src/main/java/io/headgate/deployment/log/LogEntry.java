package io.headgate.deployment.log;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// What a component said at once: a line with a level, and those after it that have none.
///
/// @param at when it was printed; of one that does not say, when the next one was
record LogEntry(Instant at, LogLevel level, List<String> texts) {
    LogEntry {
        texts = List.copyOf(texts);
    }

    Stream<LogLine> lines() {
        return texts.stream().map(text -> new LogLine(level, text));
    }
}
