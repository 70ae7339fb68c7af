package io.headgate.host;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for conditions of the outside world, which can only be looked at again and again, and never without a limit.
public final class Wait {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private Wait() {}

    /// Looks until the condition holds; false if it still does not when the limit is over.
    public static boolean until(Duration limit, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }
}
