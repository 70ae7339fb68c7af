package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RestartHistoryTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void theWaitDoublesUpToAMinute() {
        List<Long> waits = new ArrayList<>();
        RestartHistory history = RestartHistory.NONE;
        for (int i = 0; i < 9; i++) {
            history = history.afterDeath(START, START.plusSeconds(1));
            waits.add(
                    Duration.between(history.lastDeath(), history.mayStartAt()).toSeconds());
        }

        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void fiveMinutesAliveForgiveWhatWasBefore() {
        RestartHistory often = RestartHistory.NONE
                .afterDeath(START, START)
                .afterDeath(START, START)
                .afterDeath(START, START);

        assertThat(often.afterDeath(START, START.plusSeconds(299)).deaths()).isEqualTo(4);
        assertThat(often.afterDeath(START, START.plusSeconds(300)).deaths()).isEqualTo(1);
    }

    @Test
    void aSecondDeathIsRecurring() {
        RestartHistory once = RestartHistory.NONE.afterDeath(START, START);

        assertThat(once.recurring()).isFalse();
        assertThat(once.afterDeath(START, START).recurring()).isTrue();
    }

    @Test
    void ordinalsReadLikeEnglish() {
        assertThat(List.of(1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111).stream()
                        .map(deaths -> new RestartHistory(deaths, START).ordinal()))
                .containsExactly("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "103rd", "111th");
    }
}
