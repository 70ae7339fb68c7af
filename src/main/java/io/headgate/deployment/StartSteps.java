package io.headgate.deployment;

import io.headgate.kernel.DeploymentId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// What a runtime has been through with each Deployment since it last began to start or restart it; in memory, as seen
/// by
/// this process.
final class StartSteps {
    private static final int STEPS_MAX = 50;
    private static final Pattern SO_FAR = Pattern.compile(" \\(\\d+ s so far\\)$");

    private final Clock clock;
    private final Map<DeploymentId, Course> courses = new ConcurrentHashMap<>();

    private record Course(boolean busy, List<StartStep> steps) {}

    StartSteps(Clock clock) {
        this.clock = clock;
    }

    void note(DeploymentId id, DeploymentStatus status, String reason) {
        boolean busy = status == DeploymentStatus.CREATING || status == DeploymentStatus.DEPLOYING;
        courses.compute(id, (_, before) -> next(before == null ? new Course(false, List.of()) : before, busy, reason));
    }

    List<StartStep> of(DeploymentId id) {
        return Optional.ofNullable(courses.get(id)).map(Course::steps).orElse(List.of());
    }

    private Course next(Course before, boolean busy, String reason) {
        if (!before.busy && !busy) {
            return before;
        }
        List<StartStep> steps = new ArrayList<>(before.busy ? before.steps : List.of());
        String words = SO_FAR.matcher(reason).replaceFirst("");
        Instant now = clock.instant();
        boolean same = !steps.isEmpty() && steps.getLast().words().equals(words);
        if (!busy || !same) {
            if (!steps.isEmpty()) {
                steps.set(steps.size() - 1, steps.getLast().endedAt(now));
            }
            if (busy && !words.isEmpty() && steps.size() < STEPS_MAX) {
                steps.add(new StartStep(words, now, Optional.empty()));
            }
        }
        return new Course(busy, List.copyOf(steps));
    }
}
