package io.headgate.launch;

import io.headgate.deployment.DesiredAirflow;
import io.headgate.kernel.DeploymentId;
import io.headgate.runtime.DesiredDeployments;
import io.headgate.runtime.Observation;
import java.util.List;

/// Passes on what runs and what is seen, and tells the person at the terminal: nobody waits in the dark.
final class ReportedDeployments implements DesiredDeployments {
    private final DesiredDeployments deployments;
    private final Console console;

    ReportedDeployments(DesiredDeployments deployments, Console console) {
        this.deployments = deployments;
        this.console = console;
    }

    @Override
    public List<DesiredAirflow> present() {
        return deployments.present();
    }

    @Override
    public List<DesiredAirflow> toRetire() {
        return deployments.toRetire();
    }

    @Override
    public void observed(DesiredAirflow airflow, Observation observation) {
        deployments.observed(airflow, observation);
        String reason = observation.reason().isEmpty() ? "" : ": " + observation.reason();
        console.step("Deployment " + airflow.name() + " is " + observation.status() + reason);
    }

    @Override
    public void retired(DeploymentId id) {
        deployments.retired(id);
    }
}
