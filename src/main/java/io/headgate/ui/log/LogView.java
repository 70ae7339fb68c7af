package io.headgate.ui.log;

import io.headgate.deployment.log.LogLine;
import java.util.List;

/// The end of one component's log, and what of it is shown.
///
/// @param components to choose from; empty where nothing prints anything
/// @param name of the component that is shown, for people
/// @param search what the lines hold; empty for any
/// @param stream address of what is printed from now on; empty unless it is followed
/// @param full whether there are so many lines that earlier ones are left out
record LogView(
        List<Choice> components,
        List<Choice> levels,
        String name,
        String search,
        boolean filtered,
        List<LogLine> lines,
        boolean full,
        boolean following,
        String stream) {
    LogView {
        components = List.copyOf(components);
        levels = List.copyOf(levels);
        lines = List.copyOf(lines);
    }

    /// One of several things to choose.
    record Choice(String value, String label, boolean chosen) {}
}
