package io.headgate.runtime.process;

import io.headgate.kernel.DeploymentId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/// When each Deployment was last held to a limit. May be asked from several threads.
final class Relapses {
    private static final Duration SOON = Duration.ofSeconds(15);

    private final ConcurrentHashMap<DeploymentId, Long> lastTime = new ConcurrentHashMap<>();

    /// Whether that was less than 15 s ago, and from now on it was now.
    boolean again(DeploymentId id) {
        long now = System.nanoTime();
        Long before = lastTime.put(id, now);
        return before != null && now - before < SOON.toNanos();
    }
}
