package io.headgate.deployment.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When a line of a log was printed, as it says at its start: `2026-01-02T03:04:05.123456Z`, or as Python's own logging
/// writes it, `[2026-01-02 03:04:05,123+0000]`; without a zone it is UTC, in which Airflow runs.
final class LogTime {
    private static final Pattern FORM = Pattern.compile(
            "\\[?(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(?:[.,](\\d{1,9}))?(Z|[+-]\\d\\d:?\\d\\d)?");

    private LogTime() {}

    /// Empty if the line says nothing, or nothing that is a time.
    static Optional<Instant> of(String line) {
        Matcher matcher = FORM.matcher(line);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        String fraction = matcher.group(3) == null ? "" : "." + matcher.group(3);
        try {
            ZoneOffset zone = matcher.group(4) == null ? ZoneOffset.UTC : ZoneOffset.of(matcher.group(4));
            return Optional.of(LocalDateTime.parse(matcher.group(1) + "T" + matcher.group(2) + fraction)
                    .toInstant(zone));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
