package io.headgate.ui.log;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many streams are open, and when all of them end: with the server.
@Singleton
final class OpenStreams {
    /// Each reads a file a second; more people than that do not read logs at once.
    static final int MOST = 200;

    private final Semaphore places = new Semaphore(MOST);
    private final CountDownLatch stopping = new CountDownLatch(1);

    /// Whether there is room for one more, which must {@link #leave}.
    boolean enter() {
        return places.tryAcquire();
    }

    void leave() {
        places.release();
    }

    /// Whether the server stops; otherwise waits so long.
    boolean stopWithin(Duration time) {
        try {
            return stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @PreDestroy
    void stop() {
        stopping.countDown();
    }
}
