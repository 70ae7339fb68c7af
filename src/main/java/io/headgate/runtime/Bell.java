package io.headgate.runtime;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes one waiting thread; a ring while nobody waits is kept for the next who does.
final class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ringing = lock.newCondition();
    private boolean rung;

    void ring() {
        lock.lock();
        try {
            rung = true;
            ringing.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a ring, at most that long; whether there was one.
    boolean await(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (!rung && left > 0) {
                left = ringing.awaitNanos(left);
            }
            boolean heard = rung;
            rung = false;
            return heard;
        } finally {
            lock.unlock();
        }
    }
}
