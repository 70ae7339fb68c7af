package io.headgate.token;

import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.WorkspaceId;
import java.util.Optional;

/// Which tokens a list is about: those that hold a role on that Workspace or Deployment, or only the Organization's
/// own.
public record TokenFilter(
        Optional<WorkspaceId> workspaceId, Optional<DeploymentId> deploymentId, boolean onlyOrganization) {
    public static TokenFilter none() {
        return new TokenFilter(Optional.empty(), Optional.empty(), false);
    }

    public static TokenFilter of(DeploymentId id) {
        return new TokenFilter(Optional.empty(), Optional.of(id), false);
    }
}
