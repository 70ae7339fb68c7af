package io.headgate.deployment;

import io.headgate.access.Scope;
import io.headgate.kernel.DeploymentId;
import java.net.URI;

/// All that a runtime needs to know to run the Airflow of one Deployment; equal values mean that nothing has to change.
///
/// @param namespace also the path prefix under which this Airflow serves, without slashes
/// @param baseUrl where browsers reach it, prefix included, without a slash at the end
/// @param dagsPausedAtCreation whether new DAGs wait until somebody unpauses them
public record DesiredAirflow(
        Scope.OfDeployment scope,
        String namespace,
        String name,
        RuntimeRelease release,
        URI baseUrl,
        boolean dagsPausedAtCreation,
        AirflowSecrets secrets) {

    public DeploymentId id() {
        return scope.deploymentId();
    }
}
