package io.headgate.deployment;

import io.headgate.access.Scope;
import io.headgate.deployment.variable.EnvironmentVariable;
import io.headgate.kernel.DeploymentId;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// All that a runtime needs to know to run the Airflow of one Deployment.
///
/// @param namespace also the path prefix under which this Airflow serves, without slashes
/// @param baseUrl where browsers reach it, prefix included, without a slash at the end
/// @param tokenIssuer issuer of the tokens that the gateway presents to it
/// @param dagsPausedAtCreation whether new DAGs wait until somebody unpauses them
/// @param revision rises with every change of what is to run
/// @param code what it is to serve; empty leaves it with what it started with
/// @param settingsPython packages that the settings ask for; empty when none, or when they come with the code
/// @param variables all that people set, by key
public record DesiredAirflow(
        Scope.OfDeployment scope,
        String namespace,
        String name,
        RuntimeRelease release,
        URI baseUrl,
        String tokenIssuer,
        boolean dagsPausedAtCreation,
        AirflowSecrets secrets,
        long revision,
        Optional<DesiredCode> code,
        Optional<PythonLock> settingsPython,
        List<EnvironmentVariable> variables) {
    public DesiredAirflow {
        variables = List.copyOf(variables);
    }

    public DeploymentId id() {
        return scope.deploymentId();
    }

    /// The packages beside Airflow's own that it runs with, wherever they were asked for.
    public Optional<PythonLock> python() {
        return code.flatMap(DesiredCode::python).or(() -> settingsPython);
    }

    /// How this Airflow recognises the gateway; audience and issuer are its alone.
    public AirflowTokenSigning signing() {
        return new AirflowTokenSigning(secrets.jwtSecret(), "dep-" + id(), tokenIssuer);
    }
}
