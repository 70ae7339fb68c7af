package io.headgate.gateway;

import java.util.LinkedHashSet;
import java.util.Set;

/// The connections of one event loop on which no admitted request is under way, longest first: whoever only holds a
/// place, by silence, by half a request or by one that was refused, gives it up when another caller needs it.
///
/// So the limit of connections locks nobody out: who opens thousands drives out their own first.
final class WaitingConnections {
    private final Set<CallerChannel> longestFirst = new LinkedHashSet<>();

    /// From now on it waits; one that has waited before keeps its place.
    void enter(CallerChannel connection) {
        longestFirst.add(connection);
    }

    void leave(CallerChannel connection) {
        longestFirst.remove(connection);
    }

    /// Closes the one that has waited longest; false if none waits.
    boolean closeLongest() {
        if (longestFirst.isEmpty()) {
            return false;
        }
        CallerChannel longest = longestFirst.iterator().next();
        longestFirst.remove(longest);
        longest.close();
        return true;
    }
}
