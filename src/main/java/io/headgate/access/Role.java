package io.headgate.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The built-in roles, and what each lets its holder do within the object it is held on.
///
/// Of one kind each contains those before it (R2). Rights on Deployments come from the columns of
/// {@link DeploymentPermission}.
public enum Role {
    /// Knows of the Organization, and of nothing in it.
    ORGANIZATION_MEMBER(ScopeKind.ORGANIZATION, Set.of(OrganizationPermission.GET)),
    ORGANIZATION_BILLING_ADMIN(
            ScopeKind.ORGANIZATION,
            ORGANIZATION_MEMBER.and(Set.of(OrganizationPermission.BILLING_UPDATE, OrganizationPermission.USAGE_GET))),
    /// Everything, everywhere in the Organization (R3).
    ORGANIZATION_OWNER(ScopeKind.ORGANIZATION, everything()),
    /// Knows of the Workspace, and of no Deployment in it (R4).
    WORKSPACE_ACCESSOR(ScopeKind.WORKSPACE, Set.of(WorkspacePermission.GET)),
    /// The first that reaches all Deployments of the Workspace, those made later too (R4).
    WORKSPACE_MEMBER(
            ScopeKind.WORKSPACE, WORKSPACE_ACCESSOR.and(DeploymentPermission.in(DeploymentPermission.Column.WM))),
    /// Makes alerts, and so sees whom they can tell.
    WORKSPACE_AUTHOR(
            ScopeKind.WORKSPACE,
            WORKSPACE_MEMBER.and(
                    DeploymentPermission.in(DeploymentPermission.Column.WA),
                    Set.of(WorkspacePermission.NOTIFICATION_CHANNELS_GET))),
    /// Manages Workspace API tokens, within its own rights (Z5, R7), but no Deployment API tokens (S36).
    WORKSPACE_OPERATOR(
            ScopeKind.WORKSPACE,
            WORKSPACE_AUTHOR.and(
                    DeploymentPermission.in(DeploymentPermission.Column.WOP),
                    Set.of(
                            WorkspacePermission.DEPLOYMENTS_CREATE,
                            WorkspacePermission.NOTIFICATION_CHANNELS_CREATE,
                            WorkspacePermission.NOTIFICATION_CHANNELS_DELETE,
                            WorkspacePermission.API_TOKENS_GET,
                            WorkspacePermission.API_TOKENS_CREATE,
                            WorkspacePermission.API_TOKENS_UPDATE,
                            WorkspacePermission.API_TOKENS_ROTATE,
                            WorkspacePermission.API_TOKENS_DELETE))),
    WORKSPACE_OWNER(
            ScopeKind.WORKSPACE,
            WORKSPACE_OPERATOR.and(
                    DeploymentPermission.in(DeploymentPermission.Column.WOW),
                    EnumSet.allOf(WorkspacePermission.class))),
    /// As held by an API token: column TK of the matrix (S10, Z2).
    DEPLOYMENT_ADMIN(ScopeKind.DEPLOYMENT, DeploymentPermission.in(DeploymentPermission.Column.TK));

    private final ScopeKind kind;
    private final Set<Permission> permissions;

    Role(ScopeKind kind, Set<? extends Permission> permissions) {
        this.kind = kind;
        this.permissions = Set.copyOf(permissions);
    }

    /// The role of that name on the wire; names are upper case and exact.
    public static Optional<Role> named(String name) {
        return Arrays.stream(values()).filter(role -> role.name().equals(name)).findFirst();
    }

    /// The roles that can be held on such an object, from the least to the most.
    public static List<Role> of(ScopeKind kind) {
        return Arrays.stream(values()).filter(role -> role.kind == kind).toList();
    }

    /// What kind of object the role is held on.
    public ScopeKind kind() {
        return kind;
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    public Grant in(Scope scope) {
        return new Grant(scope, permissions);
    }

    private Set<Permission> and(Set<? extends Permission> more) {
        return and(more, Set.of());
    }

    private Set<Permission> and(Set<? extends Permission> some, Set<? extends Permission> more) {
        Set<Permission> all = new HashSet<>(permissions);
        all.addAll(some);
        all.addAll(more);
        return all;
    }

    private static Set<Permission> everything() {
        Set<Permission> all = new HashSet<>();
        all.addAll(EnumSet.allOf(OrganizationPermission.class));
        all.addAll(EnumSet.allOf(WorkspacePermission.class));
        all.addAll(EnumSet.allOf(DeploymentPermission.class));
        return all;
    }
}
