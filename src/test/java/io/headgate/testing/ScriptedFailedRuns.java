package io.headgate.testing;

import io.headgate.alert.FailedRuns;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.kernel.DeploymentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Airflows that have failed runs when a test says so, and that can be away.
public final class ScriptedFailedRuns implements FailedRuns {
    private final Map<DeploymentId, List<FailedRun>> failed = new HashMap<>();
    private boolean away;

    @Override
    public synchronized Optional<List<FailedRun>> since(DesiredAirflow airflow, Instant time) {
        return away
                ? Optional.empty()
                : Optional.of(failed.getOrDefault(airflow.id(), List.of()).stream()
                        .filter(run -> !run.failed().isBefore(time))
                        .sorted(Comparator.comparing(FailedRun::failed))
                        .toList());
    }

    public synchronized void add(DeploymentId id, String dagId, String runId, Instant at) {
        failed.computeIfAbsent(id, _ -> new ArrayList<>())
                .add(new FailedRun(dagId, runId, Optional.of(at.minusSeconds(60)), at));
    }

    public synchronized void away(boolean now) {
        away = now;
    }
}
