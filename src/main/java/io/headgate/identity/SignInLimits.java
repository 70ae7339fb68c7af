package io.headgate.identity;

import io.headgate.kernel.Limiter;
import io.headgate.kernel.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// How often a source may try passwords: ten at once, then one every ten seconds; and how many are checked at a time,
/// because each takes a processor and 19 MiB for a while.
///
/// There is no limit an account: strangers could lock its owner out with it. A password that passes {@link
/// PasswordRule} is not guessed at these rates from any number of sources.
public final class SignInLimits {
    private static final int BURST = 10;
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int AT_ONCE = 2;
    private static final int QUEUE_SECONDS = 5;

    private final boolean enforced;
    private final Limiter<String> sources;
    private final Semaphore checks = new Semaphore(AT_ONCE, true);

    private SignInLimits(boolean enforced, LongSupplier nanos) {
        this.enforced = enforced;
        this.sources = new Limiter<>(INTERVAL, BURST, nanos);
    }

    /// @param nanos a clock that never jumps
    public static SignInLimits standard(LongSupplier nanos) {
        return new SignInLimits(true, nanos);
    }

    /// None for sources.
    public static SignInLimits none() {
        return new SignInLimits(false, System::nanoTime);
    }

    /// Counts an attempt; says how long to wait if it is one too many.
    Optional<Duration> take(String address) {
        return enforced ? sources.take(address) : Optional.empty();
    }

    /// Runs a check when it is its turn; a 503 if that takes too long.
    boolean checked(BooleanSupplier check) {
        try {
            if (!checks.tryAcquire(QUEUE_SECONDS, TimeUnit.SECONDS)) {
                throw busy();
            }
            try {
                return check.getAsBoolean();
            } finally {
                checks.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    private static RuntimeException busy() {
        return Problem.unavailable("sign-in.busy", "too many people are signing in at this moment")
                .asException();
    }
}
