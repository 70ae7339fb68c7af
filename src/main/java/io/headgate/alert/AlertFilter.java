package io.headgate.alert;

import io.headgate.kernel.AlertId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.WorkspaceId;
import java.util.List;

/// Which alerts of those that the caller may see; an empty list means any.
public record AlertFilter(List<AlertId> ids, List<DeploymentId> deploymentIds, List<WorkspaceId> workspaceIds) {
    public AlertFilter {
        ids = List.copyOf(ids);
        deploymentIds = List.copyOf(deploymentIds);
        workspaceIds = List.copyOf(workspaceIds);
    }
}
