package io.headgate.deployment;

import io.headgate.deployment.variable.EnvironmentVariable;
import java.util.List;
import java.util.Optional;

/// A Deployment that could be stored now.
record DeploymentDraft(
        Deployment deployment,
        AirflowSecrets secrets,
        boolean dagsPausedAtCreation,
        List<EnvironmentVariable> variables) {
    DeploymentDraft {
        variables = List.copyOf(variables);
    }

    DeploymentStore.Run run(SealedSecrets sealed, Optional<PythonLock> packages) {
        return new DeploymentStore.Run(
                deployment,
                dagsPausedAtCreation,
                sealed.seal(deployment.id(), secrets),
                0,
                Optional.empty(),
                packages,
                Optional.empty());
    }
}
