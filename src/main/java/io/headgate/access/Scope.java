package io.headgate.access;

import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.Id;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;

/// Where a right is held or needed; each scope names its whole path, so that ancestry needs no look-up.
public sealed interface Scope {

    OrganizationId organizationId();

    ScopeKind kind();

    /// The id of the object itself.
    Id objectId();

    /// Whether a grant on this scope reaches the other: the same object, or one below it.
    boolean covers(Scope other);

    /// The whole Organization.
    record OfOrganization(OrganizationId organizationId) implements Scope {
        @Override
        public ScopeKind kind() {
            return ScopeKind.ORGANIZATION;
        }

        @Override
        public Id objectId() {
            return organizationId;
        }

        @Override
        public boolean covers(Scope other) {
            return organizationId.equals(other.organizationId());
        }
    }

    /// One Workspace and its Deployments.
    record OfWorkspace(OrganizationId organizationId, WorkspaceId workspaceId) implements Scope {
        @Override
        public ScopeKind kind() {
            return ScopeKind.WORKSPACE;
        }

        @Override
        public Id objectId() {
            return workspaceId;
        }

        @Override
        public boolean covers(Scope other) {
            return switch (other) {
                case OfOrganization _ -> false;
                case OfWorkspace workspace -> equals(workspace);
                case OfDeployment deployment -> equals(deployment.workspace());
            };
        }
    }

    /// One Deployment.
    record OfDeployment(OrganizationId organizationId, WorkspaceId workspaceId, DeploymentId deploymentId)
            implements Scope {
        @Override
        public ScopeKind kind() {
            return ScopeKind.DEPLOYMENT;
        }

        @Override
        public Id objectId() {
            return deploymentId;
        }

        @Override
        public boolean covers(Scope other) {
            return equals(other);
        }

        public OfWorkspace workspace() {
            return new OfWorkspace(organizationId, workspaceId);
        }
    }
}
