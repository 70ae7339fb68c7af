package io.headgate.launch;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// What the person at the terminal reads: plain lines, each true when it is printed.
final class Console {
    private final PrintStream out;
    private final Instant start;

    Console(PrintStream out) {
        this.out = out;
        this.start = Instant.now(Clock.systemUTC());
    }

    void say(String line) {
        out.println(line);
    }

    /// A line with the seconds since the start in front.
    void step(String line) {
        Duration since = Duration.between(start, Instant.now(Clock.systemUTC()));
        out.println(String.format(Locale.ROOT, "%6.1f s  %s", since.toMillis() / 1000.0, line));
    }
}
