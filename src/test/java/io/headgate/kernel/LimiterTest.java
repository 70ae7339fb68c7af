package io.headgate.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LimiterTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long now = Long.MAX_VALUE - SECOND; // System.nanoTime may be anything, and run over

    private final Limiter<String> limiter = new Limiter<>(Duration.ofMillis(100), 20, () -> now);

    @Test
    void afterABurstOneComesThroughWheneverTheRateAllows() {
        assertThat(taken("a", 20)).isEqualTo(20);

        assertThat(limiter.take("a")).contains(Duration.ofMillis(100));
        now += Duration.ofMillis(100).toNanos() - 1;
        assertThat(limiter.take("a")).contains(Duration.ofNanos(1));
        now += 1;
        assertThat(taken("a", 2)).isEqualTo(1);
        now += 2 * SECOND;
        assertThat(taken("a", 30)).as("quiet for as long as a burst takes").isEqualTo(20);
    }

    @Test
    void overAnyTimeNoMoreComeThroughThanRateAndBurst() {
        Random random = new Random(42);
        long start = now;
        int through = 0;
        for (int i = 0; i < 10_000; i++) {
            now += random.nextLong(Duration.ofMillis(20).toNanos());
            through += taken("a", 1);
        }
        long seconds = Math.ceilDiv(now - start, SECOND);

        assertThat(through).isBetween((int) (seconds - 1) * 10, 20 + (int) seconds * 10);
    }

    @Test
    void whoAsksTooOftenSlowsNobodyElse() {
        assertThat(taken("noisy", 1000)).isEqualTo(20);

        assertThat(taken("quiet", 20)).isEqualTo(20);
    }

    @Test
    void whatIsQuietIsForgottenAndMadeUpKeysFillNoMemory() {
        IntStream.range(0, 2000).forEach(i -> limiter.take("old" + i));
        assertThat(limiter.keys()).as("control: all are remembered").isEqualTo(2000);
        now += SECOND;
        IntStream.range(0, 100).forEach(i -> limiter.take("new" + i));
        assertThat(limiter.keys()).isLessThan(2100);

        IntStream.range(0, 2 * Limiter.KEYS_MAX).forEach(i -> limiter.take("flood" + i));

        assertThat(limiter.keys()).isLessThanOrEqualTo(Limiter.KEYS_MAX);
        assertThat(limiter.take("one more")).as("those beyond share one").isPresent();
        assertThat(limiter.take("flood0"))
                .as("who was there first is not concerned")
                .isEmpty();
    }

    private int taken(String key, int times) {
        return (int) IntStream.range(0, times)
                .filter(ignored -> limiter.take(key).isEmpty())
                .count();
    }
}
