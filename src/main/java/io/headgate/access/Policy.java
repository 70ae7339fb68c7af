package io.headgate.access;

/// Decides, purely, whether a principal may use a permission in a scope.
///
/// 1. Denied by default: only a grant whose scope covers the asked one, and that holds the permission, allows.
/// 2. An object is visible if it lies on the same path as some grant: below it, the same, or above it. So a Deployment
///    token sees its Workspace and Organization, and nothing of their other children (R19).
/// 3. Reading the name of a visible Organization or Workspace needs no more than that (R19): standard tools ask for
/// both.
public final class Policy {
    private Policy() {}

    public static Decision decide(Principal principal, Permission permission, Scope scope) {
        boolean visible = false;
        for (Grant grant : principal.grants()) {
            boolean covers = grant.scope().covers(scope);
            if (covers && grant.permissions().contains(permission)) {
                return new Decision.Allowed();
            }
            visible |= covers || scope.covers(grant.scope());
        }
        if (!visible) {
            return new Decision.Hidden();
        }
        return followsFromVisibility(permission) ? new Decision.Allowed() : new Decision.Denied(permission);
    }

    private static boolean followsFromVisibility(Permission permission) {
        return permission == OrganizationPermission.GET || permission == WorkspacePermission.GET;
    }
}
