package io.headgate.api.v1.deployment;

import io.headgate.deployment.log.LogWindow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names a search, so that its later pages are about the same time as the first, whatever is printed meanwhile.
record LogSearchId(LogWindow window) {
    private static final Pattern FORM = Pattern.compile("s(\\d{1,12})-(\\d{1,12})");

    /// Empty if the text is no such id.
    static Optional<LogSearchId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new LogSearchId(new LogWindow(
                        Instant.ofEpochSecond(Long.parseLong(matcher.group(1))),
                        Instant.ofEpochSecond(Long.parseLong(matcher.group(2))))))
                : Optional.empty();
    }

    String text() {
        return "s" + window.from().getEpochSecond() + "-" + window.until().getEpochSecond();
    }

    /// In whole seconds, as ids are; the second that has begun belongs to it.
    static LogSearchId of(Instant from, Instant until) {
        return new LogSearchId(new LogWindow(
                from.truncatedTo(ChronoUnit.SECONDS),
                until.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1)));
    }
}
