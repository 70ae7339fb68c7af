package io.headgate.deployment;

import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// What a Deployment's DAG runs are doing, for people who may see DAG runs.
public final class RunActivity {
    /// How far back ended runs are counted.
    public static final Duration WINDOW = Duration.ofHours(24);

    private final DeploymentLifecycle lifecycle;
    private final DagRuns runs;
    private final Clock clock;

    public RunActivity(DeploymentLifecycle lifecycle, DagRuns runs, Clock clock) {
        this.lifecycle = lifecycle;
        this.runs = runs;
        this.clock = clock;
    }

    /// Of the last day; empty when Airflow does not answer at this moment. Needs `deployment.airflow.dagRun.get`.
    public Optional<DagRuns.Activity> of(Caller caller, Deployment deployment) throws InterruptedException {
        caller.require(DeploymentPermission.AIRFLOW_DAG_RUN_GET, deployment.scope(), Deployments.notFound());
        Optional<DesiredAirflow> airflow = lifecycle.present(deployment.id());
        return airflow.isEmpty()
                ? Optional.empty()
                : runs.since(airflow.get(), clock.instant().minus(WINDOW));
    }
}
