package io.headgate.testing;

import io.headgate.access.Scope;
import io.headgate.deployment.AirflowSecrets;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.DesiredCode;
import io.headgate.deployment.RuntimeRelease;
import io.headgate.deployment.variable.EnvironmentVariable;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.SecretText;
import io.headgate.kernel.WorkspaceId;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Deployments as a runtime is told of them.
public final class TestAirflow {
    private TestAirflow() {}

    /// The Deployment of that number, with fresh secrets.
    public static DesiredAirflow desired(int number) {
        return desired(number, AirflowSecrets.mint(new SecureRandom()));
    }

    public static DesiredAirflow desired(int number, AirflowSecrets secrets) {
        String namespace = "test-airflow-%04d".formatted(number);
        return new DesiredAirflow(
                new Scope.OfDeployment(
                        new OrganizationId("corganization000000000000"),
                        new WorkspaceId("cworkspace000000000000000"),
                        id(number)),
                namespace,
                "test " + number,
                RuntimeRelease.newest(),
                URI.create("http://" + namespace + ".localhost:8889/" + namespace),
                "http://localhost:8888/deployments/" + id(number),
                false,
                secrets,
                0,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /// The same after a change of its code and variables.
    public static DesiredAirflow changed(
            DesiredAirflow before, Optional<DesiredCode> code, List<EnvironmentVariable> variables) {
        return new DesiredAirflow(
                before.scope(),
                before.namespace(),
                before.name(),
                before.release(),
                before.baseUrl(),
                before.tokenIssuer(),
                before.dagsPausedAtCreation(),
                before.secrets(),
                before.revision() + 1,
                code,
                before.settingsPython(),
                variables);
    }

    public static EnvironmentVariable variable(String key, String value, boolean secret) {
        return new EnvironmentVariable(key, new SecretText(value), secret, Instant.EPOCH);
    }

    public static DeploymentId id(int number) {
        return new DeploymentId("cdeployment%014d".formatted(number));
    }
}
