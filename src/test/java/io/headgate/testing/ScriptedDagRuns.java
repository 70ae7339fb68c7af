package io.headgate.testing;

import io.headgate.deployment.DagRuns;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.kernel.DeploymentId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Airflows that are as busy as a test says, and answer nothing otherwise.
public final class ScriptedDagRuns implements DagRuns {
    private final Map<DeploymentId, Activity> activities = new ConcurrentHashMap<>();

    @Override
    public Optional<Activity> since(DesiredAirflow airflow, Instant time) {
        return Optional.ofNullable(activities.get(airflow.id()));
    }

    public void put(DeploymentId id, Activity activity) {
        activities.put(id, activity);
    }
}
