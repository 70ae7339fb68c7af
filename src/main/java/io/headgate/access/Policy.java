package io.headgate.access;

import java.util.Comparator;
import java.util.Optional;

/// Decides, purely, whether a principal may use a permission in a scope.
///
/// 1. Denied by default: only a grant whose scope covers the asked one, and that holds the permission, allows.
/// 2. An object is visible if a grant is on it, or on something in it: so a Deployment token sees its Workspace and
///    Organization, and nothing of their other children (R19).
/// 3. What lies below a grant is visible only if the grant lets read it: so an Organization Member sees no Workspace,
/// and
///    a Workspace Accessor no Deployment (R4).
/// 4. Reading the name of a visible Organization or Workspace needs no more than that (R19): standard tools ask for
/// both.
public final class Policy {
    private Policy() {}

    public static Decision decide(Principal principal, Permission permission, Scope scope) {
        if (holds(principal, permission, scope)) {
            return new Decision.Allowed();
        }
        if (!sees(principal, scope)) {
            return new Decision.Hidden();
        }
        return followsFromVisibility(permission) ? new Decision.Allowed() : new Decision.Denied(permission);
    }

    /// Whether a grant gives the right; what merely follows from visibility does not count.
    public static boolean holds(Principal principal, Permission permission, Scope scope) {
        for (Grant grant : principal.grants()) {
            if (grant.scope().covers(scope) && grant.permissions().contains(permission)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the object exists as far as the principal can tell.
    public static boolean sees(Principal principal, Scope scope) {
        Permission reading = reading(scope);
        for (Grant grant : principal.grants()) {
            // a scope covers itself, so a grant on the very object counts whatever it holds
            if (scope.covers(grant.scope())
                    || (grant.scope().covers(scope) && grant.permissions().contains(reading))) {
                return true;
            }
        }
        return false;
    }

    /// A right in what is to be given that the principal does not hold there, or empty if it holds them all (R7).
    public static Optional<Permission> beyond(Principal principal, Grant given) {
        return given.permissions().stream()
                .filter(permission -> !holds(principal, permission, given.scope()))
                .<Permission>map(permission -> permission)
                .min(Comparator.comparing(Permission::wireName));
    }

    /// The right to read an object of that kind at all.
    public static Permission reading(Scope scope) {
        return switch (scope) {
            case Scope.OfOrganization _ -> OrganizationPermission.GET;
            case Scope.OfWorkspace _ -> WorkspacePermission.GET;
            case Scope.OfDeployment _ -> DeploymentPermission.GET;
        };
    }

    private static boolean followsFromVisibility(Permission permission) {
        return permission == OrganizationPermission.GET || permission == WorkspacePermission.GET;
    }
}
