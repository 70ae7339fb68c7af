package io.headgate.ui.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Times as people say them.
final class MomentTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT0S, just now",
        "-PT59S, just now",
        "-PT60S, 1 min ago",
        "-PT59M, 59 min ago",
        "-PT60M, 1 h ago",
        "-PT23H, 23 h ago",
        "-PT24H, yesterday",
        "-PT50H, 2 days ago",
        "-PT960H, 21 Oct 2026",
        "PT10M, in under an hour",
        "PT1H, in 1 hour",
        "PT35H, in 35 hours",
        "PT143H59M, in 6 days",
        "PT144H, in 6 days",
        "PT2159H59M, in 90 days"
    })
    void areSaidRelativeToNow(Duration from, String words) {
        assertThat(Moment.of(NOW.plus(from), NOW).relative()).isEqualTo(words);
    }
}
