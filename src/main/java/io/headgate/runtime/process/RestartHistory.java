package io.headgate.runtime.process;

import java.time.Duration;
import java.time.Instant;

/// How often a component has died lately, and when it may be started again: after 1 s, 2 s, 4 s … 60 s.
record RestartHistory(int deaths, Instant lastDeath) {
    static final RestartHistory NONE = new RestartHistory(0, Instant.EPOCH);

    /// After this long alive, what was before no longer counts.
    static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int DOUBLINGS_MAX = 6;

    RestartHistory afterDeath(Instant startedAt, Instant now) {
        boolean forgotten = Duration.between(startedAt, now).compareTo(FORGOTTEN_AFTER) >= 0;
        return new RestartHistory(forgotten ? 1 : deaths + 1, now);
    }

    Instant mayStartAt() {
        if (deaths == 0) {
            return Instant.EPOCH;
        }
        Duration wait = Duration.ofSeconds(1L << Math.min(deaths - 1, DOUBLINGS_MAX));
        return lastDeath.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    /// Whether it keeps dying, so that people should look; a single death heals by itself.
    boolean recurring() {
        return deaths >= 2;
    }

    /// `1st`, `2nd`, `3rd`, `4th` …
    String ordinal() {
        int lastTwo = deaths % 100;
        String suffix = lastTwo >= 11 && lastTwo <= 13
                ? "th"
                : switch (deaths % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return deaths + suffix;
    }
}
