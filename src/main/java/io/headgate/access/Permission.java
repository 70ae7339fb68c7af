package io.headgate.access;

/// A right, held in a {@link Scope}; its wire name is what error messages and tokens for Airflow carry.
public sealed interface Permission permits OrganizationPermission, WorkspacePermission, DeploymentPermission {
    String wireName();
}
