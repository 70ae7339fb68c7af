package io.headgate.token;

import io.headgate.access.Role;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;

/// A role that a token is to hold, as people name it; whether there is such an object is not known yet.
public sealed interface WantedRole {
    /// How many one token may hold.
    int COUNT_MAX = 500;

    Role role();

    record OnOrganization(OrganizationId id, Role role) implements WantedRole {}

    record OnWorkspace(WorkspaceId id, Role role) implements WantedRole {}

    record OnDeployment(DeploymentId id, Role role) implements WantedRole {}
}
