package io.headgate.deployment.log;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in a log between two lines.
///
/// @param generation changes whenever the log is turned over; only a runtime knows what it means
/// @param offset in bytes within that generation
public record LogPosition(long generation, long offset) {
    public static final LogPosition START = new LogPosition(0, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /// The position of that text; empty if it is none.
    public static Optional<LogPosition> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new LogPosition(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /// How it is written in addresses.
    public String text() {
        return generation + "-" + offset;
    }
}
