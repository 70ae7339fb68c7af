package io.headgate.access;

/// A role held on one object of the kind that the role is for.
public record RoleAssignment(Role role, Scope scope) {
    public RoleAssignment {
        if (role.kind() != scope.kind()) {
            throw new IllegalArgumentException(role + " cannot be held on a " + scope.kind());
        }
    }

    public Grant grant() {
        return role.in(scope);
    }
}
