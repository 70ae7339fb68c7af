package io.headgate.token;

import io.headgate.access.Caller;
import io.headgate.access.Role;
import io.headgate.access.RoleAssignment;
import io.headgate.access.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// What a caller's wish changes about a token's roles.
///
/// A wish is about what the caller is shown: a further role that is not shown stays, unless the wish names its object.
///
/// @param role what the token is to hold on its own object
/// @param furtherRoles what it is to hold elsewhere, shown or not
/// @param touched every object whose role changes
record TokenRolesUpdate(Role role, List<RoleAssignment> furtherRoles, List<Touched> touched) {
    TokenRolesUpdate {
        furtherRoles = List.copyOf(furtherRoles);
        touched = List.copyOf(touched);
    }

    /// One object on which the token gets, changes or loses a role.
    record Touched(Scope scope, Optional<Role> before, Optional<Role> after) {
        /// What the audit log calls it; the event's scope is the object (U7).
        String action() {
            if (before.isEmpty()) {
                return "token.role-given";
            }
            return after.isEmpty() ? "token.role-taken" : "token.role-changed";
        }
    }

    /// `wanted` has passed {@link WantedRoles}.
    static TokenRolesUpdate of(Caller caller, ApiToken token, List<RoleAssignment> wanted) {
        SequencedMap<Scope, Role> before =
                byScope(TokenAccess.shown(caller, token).roles());
        SequencedMap<Scope, Role> after = byScope(wanted);
        Role own = Optional.ofNullable(after.get(token.home())).orElse(token.role());
        List<RoleAssignment> further = new ArrayList<>();
        after.forEach((scope, role) -> {
            if (!scope.equals(token.home())) {
                further.add(new RoleAssignment(role, scope));
            }
        });
        token.furtherRoles().stream()
                .filter(held -> !before.containsKey(held.scope()) && !after.containsKey(held.scope()))
                .forEach(further::add);
        return new TokenRolesUpdate(own, further, touched(before, after));
    }

    /// The right to it on each object, and no role that allows more than the caller may (R7).
    void require(Caller caller) {
        for (Touched touch : touched) {
            caller.require(TokenAct.UPDATE.on(touch.scope()), touch.scope(), TokenProblems.notFound());
            touch.before().ifPresent(role -> caller.requireAllOf(new RoleAssignment(role, touch.scope())));
            touch.after().ifPresent(role -> caller.requireAllOf(new RoleAssignment(role, touch.scope())));
        }
    }

    private static List<Touched> touched(Map<Scope, Role> before, Map<Scope, Role> after) {
        Set<Scope> scopes = new LinkedHashSet<>(before.keySet());
        scopes.addAll(after.keySet());
        return scopes.stream()
                .map(scope -> new Touched(
                        scope, Optional.ofNullable(before.get(scope)), Optional.ofNullable(after.get(scope))))
                .filter(touch -> !touch.before().equals(touch.after()))
                .toList();
    }

    private static SequencedMap<Scope, Role> byScope(List<RoleAssignment> roles) {
        SequencedMap<Scope, Role> byScope = new LinkedHashMap<>();
        roles.forEach(assignment -> byScope.put(assignment.scope(), assignment.role()));
        return byScope;
    }
}
