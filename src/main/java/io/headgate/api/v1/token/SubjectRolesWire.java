package io.headgate.api.v1.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.access.Role;
import io.headgate.access.RoleAssignment;
import io.headgate.access.ScopeKind;
import io.headgate.token.ApiToken;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// `SubjectRoles`: what a token holds, by kind of object; a kind of which it holds none is absent.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record SubjectRolesWire(
        Optional<Role> organizationRole,
        Optional<List<WorkspaceRole>> workspaceRoles,
        Optional<List<DeploymentRole>> deploymentRoles) {

    record WorkspaceRole(String workspaceId, Role role) {}

    record DeploymentRole(String deploymentId, Role role) {}

    static SubjectRolesWire of(ApiToken token) {
        return new SubjectRolesWire(
                held(token, ScopeKind.ORGANIZATION, (_, role) -> role).map(List::getFirst),
                held(token, ScopeKind.WORKSPACE, WorkspaceRole::new),
                held(token, ScopeKind.DEPLOYMENT, DeploymentRole::new));
    }

    private static <T> Optional<List<T>> held(ApiToken token, ScopeKind kind, BiFunction<String, Role, T> make) {
        List<T> held = token.roles().stream()
                .filter(assignment -> assignment.scope().kind() == kind)
                .map(assignment -> make.apply(id(assignment), assignment.role()))
                .toList();
        return held.isEmpty() ? Optional.empty() : Optional.of(held);
    }

    private static String id(RoleAssignment assignment) {
        return assignment.scope().objectId().value();
    }
}
