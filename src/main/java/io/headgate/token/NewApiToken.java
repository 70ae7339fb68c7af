package io.headgate.token;

import io.headgate.access.Role;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.WorkspaceId;
import java.util.OptionalInt;

/// What people say about a token they want.
public sealed interface NewApiToken {
    /// In characters (T9).
    int NAME_MAX = 256;

    /// In characters (T9).
    int DESCRIPTION_MAX = 500;

    Terms terms();

    /// @param periodInDays 1–3650 days, or empty for a token that never expires
    record Terms(String name, String description, OptionalInt periodInDays) {}

    /// For one Deployment; it holds the fixed role `DEPLOYMENT_ADMIN` (S9).
    record ForDeployment(DeploymentId deploymentId, Terms terms) implements NewApiToken {}

    /// For one Workspace, with a role that must be named.
    record ForWorkspace(WorkspaceId workspaceId, Role role, Terms terms) implements NewApiToken {}

    /// For the Organization, with a role that must be named.
    record ForOrganization(Role role, Terms terms) implements NewApiToken {}
}
