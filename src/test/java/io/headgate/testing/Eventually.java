package io.headgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.Wait;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits in a test for what happens elsewhere, with a deadline that only a failing test reaches.
public final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Eventually() {}

    public static void holds(String what, BooleanSupplier condition) throws InterruptedException {
        holds(what, LIMIT, condition);
    }

    public static void holds(String what, Duration limit, BooleanSupplier condition) throws InterruptedException {
        assertThat(Wait.until(limit, condition)).as(what).isTrue();
    }
}
