package io.headgate.deployment;

import io.headgate.access.Authorship;
import io.headgate.access.Scope;
import io.headgate.access.Subject;
import io.headgate.deployment.variable.ShownVariable;
import io.headgate.kernel.DeploymentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One Airflow environment as people asked for it, and how it is doing.
///
/// @param description empty when it was never set, and then absent on the wire
/// @param variables by key, without the values of secrets
/// @param statusReason one sentence for people; empty when there is nothing to say
/// @param liveBundle what Airflow serves now (D7); empty before the first deploy
/// @param desiredBundle what it should serve after the running deploy; equal to the other when idle
public record Deployment(
        Scope.OfDeployment scope,
        String workspaceName,
        String namespace,
        String name,
        Optional<String> description,
        RuntimeRelease release,
        DeploymentSettings settings,
        List<ShownVariable> variables,
        DeploymentStatus status,
        String statusReason,
        Optional<BundleVersion> liveBundle,
        Optional<BundleVersion> desiredBundle,
        Authorship authorship) {
    public Deployment {
        variables = List.copyOf(variables);
    }

    public DeploymentId id() {
        return scope.deploymentId();
    }

    Deployment updatedBy(Subject subject, Instant now) {
        return new Deployment(
                scope,
                workspaceName,
                namespace,
                name,
                description,
                release,
                settings,
                variables,
                status,
                statusReason,
                liveBundle,
                desiredBundle,
                authorship.updatedBy(subject, now));
    }
}
