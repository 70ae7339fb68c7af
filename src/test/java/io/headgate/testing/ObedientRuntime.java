package io.headgate.testing;

import io.headgate.deployment.DeploymentLifecycle;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.DesiredCode;
import io.headgate.kernel.DeploymentId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A runtime that claims at once to do what is desired, for the Deployments that a test gave it.
public final class ObedientRuntime {
    private final DeploymentLifecycle lifecycle;
    private final Set<DeploymentId> running = ConcurrentHashMap.newKeySet();
    private final Set<DeploymentId> stubborn = ConcurrentHashMap.newKeySet();

    ObedientRuntime(DeploymentLifecycle lifecycle) {
        this.lifecycle = lifecycle;
        lifecycle.onChange(this::look);
    }

    public void run(DeploymentId id) {
        running.add(id);
        look(id);
    }

    /// From now on it serves no new code, until {@link #relent}.
    public void resist(DeploymentId id) {
        stubborn.add(id);
    }

    public void relent(DeploymentId id) {
        stubborn.remove(id);
        look(id);
    }

    public void observe(DeploymentId id, DeploymentStatus status) {
        lifecycle
                .present(id)
                .ifPresent(airflow -> lifecycle.observed(airflow, status, "", Optional.empty(), Optional.empty()));
    }

    private void look(DeploymentId id) {
        if (running.contains(id) && !stubborn.contains(id)) {
            lifecycle.present(id).ifPresent(this::serve);
        }
    }

    private void serve(DesiredAirflow airflow) {
        lifecycle.observed(
                airflow,
                DeploymentStatus.HEALTHY,
                "",
                Optional.empty(),
                airflow.code().map(DesiredCode::version));
    }
}
