package io.headgate.kernel;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// How often each of many may ask: a rate, and a burst on top of being quiet before.
///
/// The generic cell rate algorithm (ITU-T I.371): one number a key, the time at which it would be quiet again. Asking
/// costs one look-up and no lock that others wait for. Keys that are quiet are forgotten; beyond {@value #KEYS_MAX}
/// that
/// are not, further ones share one number, so that whoever makes up keys fills no memory.
public final class Limiter<K> {
    public static final int KEYS_MAX = 100_000;

    private static final int FIRST_SWEEP = 1024;

    /// Full of keys that are not quiet, sweeping for each question would be the attack.
    private static final long BETWEEN_SWEEPS = Duration.ofSeconds(1).toNanos();

    private final long interval;
    private final long tolerance;
    private final LongSupplier nanos;
    private final Map<K, Long> quietAt = new ConcurrentHashMap<>();
    private final Map<Boolean, Long> crowdQuietAt = new ConcurrentHashMap<>();
    private volatile int sweepAt = FIRST_SWEEP;
    private volatile long notBefore;

    /// @param interval the time after which one more may come
    /// @param burst how many may come at once, from 1
    /// @param nanos a clock that never jumps
    public Limiter(Duration interval, int burst, LongSupplier nanos) {
        this.interval = interval.toNanos();
        this.tolerance = this.interval * (burst - 1);
        this.nanos = nanos;
        this.notBefore = nanos.getAsLong();
    }

    /// Takes one if it is within the limit; otherwise takes nothing and says how long until one will be.
    public Optional<Duration> take(K key) {
        long now = nanos.getAsLong();
        if (quietAt.size() >= sweepAt && now - notBefore >= 0) {
            sweep(now);
        }
        return quietAt.size() < KEYS_MAX || quietAt.containsKey(key)
                ? take(quietAt, key, now)
                : take(crowdQuietAt, Boolean.TRUE, now);
    }

    /// How many keys are remembered, at most {@value #KEYS_MAX}.
    public int keys() {
        return quietAt.size();
    }

    private <T> Optional<Duration> take(Map<T, Long> times, T key, long now) {
        long[] wait = {0};
        times.compute(key, (ignored, before) -> {
            long quiet = before == null || before - now < 0 ? now : before;
            wait[0] = quiet - now - tolerance;
            return wait[0] > 0 ? quiet : quiet + interval;
        });
        return wait[0] > 0 ? Optional.of(Duration.ofNanos(wait[0])) : Optional.empty();
    }

    /// Again when twice as many are there, a second later at the earliest.
    private synchronized void sweep(long now) {
        if (quietAt.size() >= sweepAt && now - notBefore >= 0) {
            notBefore = now + BETWEEN_SWEEPS;
            quietAt.values().removeIf(quiet -> quiet - now < 0);
            sweepAt = Math.clamp(quietAt.size() * 2L, FIRST_SWEEP, KEYS_MAX);
        }
    }
}
