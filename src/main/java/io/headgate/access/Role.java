package io.headgate.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The built-in roles that exist so far, and what each lets an API token or user do within the scope it is held in.
public enum Role {
    /// Everything, everywhere in the Organization (R3).
    ORGANIZATION_OWNER(everything()),
    /// As held by a Deployment API token: column TK of the matrix, its own Deployment only (S10, Z2).
    DEPLOYMENT_ADMIN(DeploymentPermission.ofDeploymentTokens());

    private final Set<? extends Permission> permissions;

    Role(Set<? extends Permission> permissions) {
        this.permissions = permissions;
    }

    /// The role of that name on the wire; names are upper case and exact.
    public static Optional<Role> named(String name) {
        return List.of(values()).stream()
                .filter(role -> role.name().equals(name))
                .findFirst();
    }

    public Set<? extends Permission> permissions() {
        return permissions;
    }

    public Grant in(Scope scope) {
        return new Grant(scope, permissions);
    }

    private static Set<Permission> everything() {
        Set<Permission> all = new HashSet<>();
        all.addAll(EnumSet.allOf(OrganizationPermission.class));
        all.addAll(EnumSet.allOf(WorkspacePermission.class));
        all.addAll(EnumSet.allOf(DeploymentPermission.class));
        return Collections.unmodifiableSet(all);
    }
}
