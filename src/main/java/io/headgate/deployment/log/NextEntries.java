package io.headgate.deployment.log;

import java.util.ArrayList;
import java.util.List;

/// Takes the lines of a log as they are printed and passes on the entries that are wanted.
final class NextEntries {
    private final LogFilter filter;
    private LogLevel level = LogLevel.INFO;
    private boolean wanted;

    NextEntries(LogFilter filter) {
        this.filter = filter;
    }

    List<LogLine> of(List<String> lines) {
        List<LogLine> passed = new ArrayList<>();
        List<String> entry = new ArrayList<>();
        for (String line : lines) {
            LogLevel.of(line).ifPresent(own -> {
                pass(entry, passed);
                level = own;
                wanted = false;
            });
            entry.add(line);
        }
        pass(entry, passed);
        return passed;
    }

    /// An entry that is wanted stays so when more of it is printed later.
    private void pass(List<String> entry, List<LogLine> passed) {
        wanted = wanted || filter.takes(level, entry);
        if (wanted) {
            entry.forEach(line -> passed.add(new LogLine(level, line)));
        }
        entry.clear();
    }
}
