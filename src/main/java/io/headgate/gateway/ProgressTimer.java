package io.headgate.gateway;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends a wait in which nothing happens for too long; one per connection, used on its event loop only.
///
/// Progress costs one clock reading: the task in the event loop is not moved, it looks again when it is due.
final class ProgressTimer {
    private static final Duration FOR_EVER = Duration.ofDays(10_000);

    private final EventLoop loop;
    private long lastProgress;
    private long limit;
    private long latest;
    private long due;
    private @Nullable Runnable onExpiry;
    private @Nullable ScheduledFuture<?> task;

    ProgressTimer(EventLoop loop) {
        this.loop = loop;
    }

    /// From now on `onExpiry` happens once if there is no {@link #progress} for `limit`; replaces an earlier
    /// watch.
    void watch(Duration limit, Runnable onExpiry) {
        watch(limit, FOR_EVER, onExpiry);
    }

    /// The same, and at the latest after `whole`, whatever the progress: a byte now and then is progress too.
    void watch(Duration limit, Duration whole, Runnable onExpiry) {
        this.limit = limit.toNanos();
        this.onExpiry = onExpiry;
        progress();
        latest = lastProgress + whole.toNanos();
        ScheduledFuture<?> pending = task;
        if (pending != null && due - expiry() > 0) {
            pending.cancel(false);
            task = null;
        }
        if (task == null) {
            schedule(expiry() - lastProgress);
        }
    }

    void progress() {
        lastProgress = System.nanoTime();
    }

    void stop() {
        onExpiry = null;
        ScheduledFuture<?> pending = task;
        if (pending != null) {
            pending.cancel(false);
            task = null;
        }
    }

    private long expiry() {
        long stalled = lastProgress + limit;
        return stalled - latest < 0 ? stalled : latest;
    }

    private void schedule(long nanos) {
        due = System.nanoTime() + nanos;
        task = loop.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        task = null;
        Runnable action = onExpiry;
        if (action == null) {
            return;
        }
        long remaining = expiry() - System.nanoTime();
        if (remaining > 0) {
            schedule(remaining);
        } else {
            onExpiry = null;
            action.run();
        }
    }
}
