package io.headgate.deployment;

import io.headgate.access.Scope;
import io.headgate.deployment.DeploymentRoute.AirflowTokenSigning;
import io.headgate.kernel.DeploymentId;
import java.net.URI;

/// All that a runtime needs to know to run the Airflow of one Deployment.
///
/// @param namespace also the path prefix under which this Airflow serves, without slashes
/// @param baseUrl where browsers reach it, prefix included, without a slash at the end
/// @param tokenIssuer issuer of the tokens that the gateway presents to it
/// @param dagsPausedAtCreation whether new DAGs wait until somebody unpauses them
public record DesiredAirflow(
        Scope.OfDeployment scope,
        String namespace,
        String name,
        RuntimeRelease release,
        URI baseUrl,
        String tokenIssuer,
        boolean dagsPausedAtCreation,
        AirflowSecrets secrets) {

    public DeploymentId id() {
        return scope.deploymentId();
    }

    /// How this Airflow recognises the gateway; audience and issuer are its alone.
    public AirflowTokenSigning signing() {
        return new AirflowTokenSigning(secrets.jwtSecret(), "dep-" + id(), tokenIssuer);
    }
}
