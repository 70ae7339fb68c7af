package io.headgate.access;

import java.util.Set;

/// A set of rights held in one scope, whatever role, Team or membership it came from.
public record Grant(Scope scope, Set<? extends Permission> permissions) {
    public Grant {
        permissions = Set.copyOf(permissions);
    }
}
