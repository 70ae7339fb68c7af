package io.headgate.ui.deployment;

import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.DagRuns;
import io.headgate.ui.frame.DeploymentHeads;
import io.headgate.ui.frame.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the DAG runs of a Deployment are doing.
///
/// @param known whether its Airflow answered
record RunsView(boolean known, long going, long succeeded, long failed, List<Line> last) {

    /// One run.
    record Line(String dag, String tone, String state, Optional<Moment> started, String version) {}

    static RunsView of(Optional<DagRuns.Activity> activity, Instant now) {
        return activity.map(known -> new RunsView(
                        true,
                        known.going(),
                        known.succeeded(),
                        known.failed(),
                        known.last().stream().map(run -> line(run, now)).toList()))
                .orElseGet(() -> new RunsView(false, 0, 0, 0, List.of()));
    }

    private static Line line(DagRuns.Run run, Instant now) {
        return new Line(
                run.dagId(),
                switch (run.state()) {
                    case "success" -> "ok";
                    case "failed" -> "bad";
                    case "running" -> "busy";
                    default -> "new";
                },
                run.state(),
                run.started().map(at -> Moment.of(at, now)),
                BundleVersion.parse(run.version()).map(DeploymentHeads::shown).orElse(""));
    }
}
