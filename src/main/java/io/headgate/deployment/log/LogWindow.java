package io.headgate.deployment.log;

import java.time.Instant;

/// Between which moments something was printed.
///
/// @param from inclusive
/// @param until exclusive
public record LogWindow(Instant from, Instant until) {
    public static final LogWindow ALWAYS = new LogWindow(Instant.MIN, Instant.MAX);

    boolean holds(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }
}
