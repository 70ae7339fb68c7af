package io.headgate.deployment;

import io.headgate.kernel.Problem;
import java.util.Optional;

/// Whether this installation can take one more Deployment, beyond what any right says.
@FunctionalInterface
public interface DeploymentAdmission {

    /// The problem that refuses it, given how many there are.
    Optional<Problem> refusal(int existing);
}
