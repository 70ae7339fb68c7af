package io.headgate.runtime;

import java.time.Duration;

/// How often the reconciler looks when nothing wakes it.
///
/// @param passing between looks at what will have changed in about a second, such as new code going live
/// @param starting between looks at a Deployment that is coming up: people wait for it
/// @param unwell between looks at one that is not healthy
/// @param well between looks at a healthy one: a death is noticed within this time
/// @param reread between readings of what is desired, should a signal have been lost
/// @param failureMax the longest wait after failures, which begins at `unwell` and doubles
public record Pace(
        Duration passing, Duration starting, Duration unwell, Duration well, Duration reread, Duration failureMax) {
    private static final int DOUBLINGS_MAX = 20;

    public static final Pace STANDARD = new Pace(
            Duration.ofMillis(120),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));

    Duration after(Observation seen) {
        if (seen.passing()) {
            return passing;
        }
        return switch (seen.status()) {
            case CREATING, DEPLOYING -> starting;
            case HEALTHY, HIBERNATING -> well;
            case UNHEALTHY, UNKNOWN -> unwell;
        };
    }

    Duration afterFailures(int failures) {
        Duration wait = unwell.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
        return wait.compareTo(failureMax) > 0 ? failureMax : wait;
    }
}
