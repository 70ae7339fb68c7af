package io.headgate.deployment.log;

import java.util.List;

/// What somebody looks for in the logs of several components.
///
/// @param most lines, the last ones that fit; 1–{@value #LINES_MAX}
public record LogSearch(List<String> components, LogFilter filter, LogWindow window, int most) {
    public static final int LINES_MAX = 50_000;

    public LogSearch {
        components = List.copyOf(components);
    }
}
