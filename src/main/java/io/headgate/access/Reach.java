package io.headgate.access;

import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/// What part of one Organization a principal's grants reach, in the form that a list's SQL can filter by.
///
/// @param everything the whole Organization
/// @param workspaces Workspaces reached with all that is in them
/// @param seenWorkspaces Workspaces of which only something below is reached
/// @param deployments single Deployments
public record Reach(
        boolean everything,
        Set<WorkspaceId> workspaces,
        Set<WorkspaceId> seenWorkspaces,
        Set<DeploymentId> deployments) {
    public Reach {
        workspaces = Set.copyOf(workspaces);
        seenWorkspaces = Set.copyOf(seenWorkspaces);
        deployments = Set.copyOf(deployments);
    }

    /// The reach of those grants that hold the permission.
    public static Reach holding(Permission permission, Principal principal, OrganizationId organization) {
        return of(principal, organization, grant -> grant.permissions().contains(permission));
    }

    /// What part of the Workspaces may be seen at all: as {@link Policy#sees}.
    public static Reach ofSight(Principal principal, OrganizationId organization) {
        return of(
                principal,
                organization,
                grant -> grant.scope().kind() != ScopeKind.ORGANIZATION
                        || grant.permissions().contains(WorkspacePermission.GET));
    }

    /// The Deployments that may be seen at all: as {@link Policy#sees}.
    public static Reach ofDeploymentSight(Principal principal, OrganizationId organization) {
        return of(
                principal,
                organization,
                grant -> grant.scope().kind() == ScopeKind.DEPLOYMENT
                        || grant.permissions().contains(DeploymentPermission.GET));
    }

    /// For what the product does by itself.
    public static Reach unlimited() {
        return new Reach(true, Set.of(), Set.of(), Set.of());
    }

    private static Reach of(Principal principal, OrganizationId organization, Predicate<Grant> counts) {
        boolean everything = false;
        Set<WorkspaceId> workspaces = new HashSet<>();
        Set<WorkspaceId> seen = new HashSet<>();
        Set<DeploymentId> deployments = new HashSet<>();
        for (Grant grant : principal.grants()) {
            if (!grant.scope().organizationId().equals(organization) || !counts.test(grant)) {
                continue;
            }
            switch (grant.scope()) {
                case Scope.OfOrganization _ -> everything = true;
                case Scope.OfWorkspace workspace -> workspaces.add(workspace.workspaceId());
                case Scope.OfDeployment deployment -> {
                    seen.add(deployment.workspaceId());
                    deployments.add(deployment.deploymentId());
                }
            }
        }
        return new Reach(everything, workspaces, seen, deployments);
    }
}
