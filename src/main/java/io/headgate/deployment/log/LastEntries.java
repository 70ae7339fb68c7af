package io.headgate.deployment.log;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Takes the lines of a log from the last to the first and puts together the entries that are wanted.
final class LastEntries {
    /// What goes on for longer is no trace.
    private static final int ENTRY_LINES_MAX = 500;

    private final LogFilter filter;
    private final LogWindow window;
    private final int most;
    private final Deque<LogEntry> taken = new ArrayDeque<>();
    private final Deque<String> entry = new ArrayDeque<>();
    private Instant reached;
    private int lines;

    /// @param most how many lines are wanted
    LastEntries(LogFilter filter, LogWindow window, int most) {
        this.filter = filter;
        this.window = window;
        this.most = most;
        this.reached = window.until().minusNanos(1);
    }

    /// Whether lines before this one are wanted, too.
    boolean take(String line) {
        entry.addFirst(line);
        LogLevel.of(line).ifPresentOrElse(this::end, () -> {
            if (entry.size() >= ENTRY_LINES_MAX) {
                end(LogLevel.INFO);
            }
        });
        return lines < most && !reached.isBefore(window.from());
    }

    /// The last wanted lines, in their order; what began before reach counts as an entry of its own.
    List<LogLine> lines() {
        return entries().stream().flatMap(LogEntry::lines).toList();
    }

    /// The same as entries.
    List<LogEntry> entries() {
        end(LogLevel.INFO);
        return List.copyOf(taken);
    }

    private void end(LogLevel level) {
        List<String> texts = List.copyOf(entry);
        entry.clear();
        reached = texts.stream()
                .map(LogTime::of)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(reached);
        List<String> fitting = texts.subList(Math.max(0, texts.size() - (most - lines)), texts.size());
        if (!fitting.isEmpty() && window.holds(reached) && filter.takes(level, texts)) {
            taken.addFirst(new LogEntry(reached, level, fitting));
            lines += fitting.size();
        }
    }
}
