package io.headgate.token;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.OrganizationPermission;
import io.headgate.access.Permission;
import io.headgate.access.Scope;
import io.headgate.access.WorkspacePermission;

/// What can be done with a token, and the right to it on an object of each kind.
enum TokenAct {
    GET(OrganizationPermission.API_TOKENS_GET, WorkspacePermission.API_TOKENS_GET, DeploymentPermission.API_TOKENS_GET),
    CREATE(
            OrganizationPermission.API_TOKENS_CREATE,
            WorkspacePermission.API_TOKENS_CREATE,
            DeploymentPermission.API_TOKENS_CREATE),
    UPDATE(
            OrganizationPermission.API_TOKENS_UPDATE,
            WorkspacePermission.API_TOKENS_UPDATE,
            DeploymentPermission.API_TOKENS_UPDATE),
    ROTATE(
            OrganizationPermission.API_TOKENS_ROTATE,
            WorkspacePermission.API_TOKENS_ROTATE,
            DeploymentPermission.API_TOKENS_ROTATE),
    DELETE(
            OrganizationPermission.API_TOKENS_DELETE,
            WorkspacePermission.API_TOKENS_DELETE,
            DeploymentPermission.API_TOKENS_DELETE);

    private final OrganizationPermission onOrganization;
    private final WorkspacePermission onWorkspace;
    private final DeploymentPermission onDeployment;

    TokenAct(
            OrganizationPermission onOrganization, WorkspacePermission onWorkspace, DeploymentPermission onDeployment) {
        this.onOrganization = onOrganization;
        this.onWorkspace = onWorkspace;
        this.onDeployment = onDeployment;
    }

    Permission on(Scope scope) {
        return switch (scope.kind()) {
            case ORGANIZATION -> onOrganization;
            case WORKSPACE -> onWorkspace;
            case DEPLOYMENT -> onDeployment;
        };
    }
}
