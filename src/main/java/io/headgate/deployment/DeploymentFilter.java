package io.headgate.deployment;

import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.WorkspaceId;
import java.util.List;

/// Which Deployments a list is about; an empty list means no restriction.
public record DeploymentFilter(List<DeploymentId> ids, List<String> names, List<WorkspaceId> workspaceIds) {
    public DeploymentFilter {
        ids = List.copyOf(ids);
        names = List.copyOf(names);
        workspaceIds = List.copyOf(workspaceIds);
    }

    public static DeploymentFilter none() {
        return new DeploymentFilter(List.of(), List.of(), List.of());
    }
}
