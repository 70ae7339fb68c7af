package io.headgate.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// From when until when a value works; without an end it works for ever.
///
/// @param periodInDays how long each value lives, 1–3650 days; rotation starts the period again (S35)
public record Validity(Instant startAt, OptionalInt periodInDays) {
    public static final int PERIOD_MIN_DAYS = 1;
    public static final int PERIOD_MAX_DAYS = 3650;

    /// Exclusive: at this very instant the value no longer works (S18, item 19).
    public Optional<Instant> endAt() {
        return periodInDays.isPresent()
                ? Optional.of(startAt.plus(Duration.ofDays(periodInDays.getAsInt())))
                : Optional.empty();
    }

    public boolean endedBy(Instant now) {
        return endAt().filter(end -> !now.isBefore(end)).isPresent();
    }

    Validity restartedAt(Instant now) {
        return new Validity(now, periodInDays);
    }
}
