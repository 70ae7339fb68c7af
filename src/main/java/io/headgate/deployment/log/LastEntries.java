package io.headgate.deployment.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Takes the lines of a log from the last to the first and puts together the entries that are wanted.
final class LastEntries {
    /// What goes on for longer is no trace.
    private static final int ENTRY_LINES_MAX = 500;

    private final LogFilter filter;
    private final int most;
    private final Deque<LogLine> taken = new ArrayDeque<>();
    private final Deque<String> entry = new ArrayDeque<>();

    LastEntries(LogFilter filter, int most) {
        this.filter = filter;
        this.most = most;
    }

    /// Whether lines before this one are wanted, too.
    boolean take(String line) {
        entry.addFirst(line);
        LogLevel.of(line).ifPresentOrElse(this::end, () -> {
            if (entry.size() >= ENTRY_LINES_MAX) {
                end(LogLevel.INFO);
            }
        });
        return taken.size() < most;
    }

    /// The last wanted lines, in their order; what began before reach counts as an entry of its own.
    List<LogLine> lines() {
        end(LogLevel.INFO);
        return List.copyOf(taken);
    }

    private void end(LogLevel level) {
        List<String> lines = new ArrayList<>(entry);
        entry.clear();
        if (filter.takes(level, lines)) {
            lines.reversed().stream()
                    .limit(most - taken.size())
                    .forEach(line -> taken.addFirst(new LogLine(level, line)));
        }
    }
}
