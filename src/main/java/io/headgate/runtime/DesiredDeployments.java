package io.headgate.runtime;

import io.headgate.deployment.DeploymentLifecycle;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.kernel.DeploymentId;
import java.util.List;

/// What the reconciler is told to bring about, and where it says what it saw. Any of it may fail for a while.
public interface DesiredDeployments {

    /// Every Deployment that should run.
    List<DesiredAirflow> present();

    /// Deleted Deployments that still have to be put away.
    List<DesiredAirflow> toRetire();

    /// Takes note of what a runtime found.
    void observed(DesiredAirflow airflow, Observation observation);

    /// Takes note that everything of a deleted Deployment has been put away.
    void retired(DeploymentId id);

    /// Those of the control plane.
    static DesiredDeployments of(DeploymentLifecycle lifecycle) {
        return new DesiredDeployments() {
            @Override
            public List<DesiredAirflow> present() {
                return lifecycle.present();
            }

            @Override
            public List<DesiredAirflow> toRetire() {
                return lifecycle.toRetire();
            }

            @Override
            public void observed(DesiredAirflow airflow, Observation observation) {
                lifecycle.observed(
                        airflow,
                        observation.status(),
                        observation.reason(),
                        observation.upstream(),
                        observation.live());
            }

            @Override
            public void retired(DeploymentId id) {
                lifecycle.retired(id);
            }
        };
    }
}
