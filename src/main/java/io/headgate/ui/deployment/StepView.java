package io.headgate.ui.deployment;

import io.headgate.deployment.StartStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// A step of starting, with the time it took or has taken so far.
record StepView(String words, boolean done, String elapsed) {
    static List<StepView> of(List<StartStep> steps, Instant now) {
        return steps.stream()
                .map(step -> new StepView(
                        step.words().substring(0, 1).toUpperCase(Locale.ROOT)
                                + step.words().substring(1),
                        step.endedAt().isPresent(),
                        elapsed(Duration.between(
                                step.startedAt(), step.endedAt().orElse(now)))))
                .toList();
    }

    private static String elapsed(Duration time) {
        return time.toSeconds() < 10
                ? "%d.%d s".formatted(time.toSeconds(), time.toMillisPart() / 100)
                : time.toSeconds() + " s";
    }
}
