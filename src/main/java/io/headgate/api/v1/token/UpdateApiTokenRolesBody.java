package io.headgate.api.v1.token;

import io.headgate.access.Role;
import io.headgate.access.ScopeKind;
import io.headgate.api.http.RequestBody;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.Id;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;
import io.headgate.token.WantedRole;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Reads `UpdateApiTokenRolesRequest`: all roles that the token is to hold from now on.
final class UpdateApiTokenRolesBody {
    private static final Set<String> ROLE_MODEL = Set.of("entityType", "entityId", "role", "deploymentId");
    private static final MemberRule<List<WantedRole>> ROLES =
            MemberRule.list(WantedRole.COUNT_MAX, MemberRule.object(UpdateApiTokenRolesBody::role));

    private UpdateApiTokenRolesBody() {}

    static List<WantedRole> read(RequestBody body) {
        Members members = body.members();
        Optional<List<WantedRole>> roles = members.require("roles", ROLES);
        if (roles.isPresent() && roles.get().isEmpty()) {
            members.refuse("roles", "min", "must hold 1 to " + WantedRole.COUNT_MAX + " elements, given 0");
        }
        members.finish(ApiTokenModel.NAMES);
        members.throwIfWrong();
        return roles.orElseThrow();
    }

    private static Optional<WantedRole> role(Members members) {
        Optional<WantedRole> role = members.require("entityType", MemberRule.oneOf(List.of(ScopeKind.values())))
                .flatMap(kind -> switch (kind) {
                    case ORGANIZATION -> on(members, kind, OrganizationId::new, WantedRole.OnOrganization::new);
                    case WORKSPACE -> on(members, kind, WorkspaceId::new, WantedRole.OnWorkspace::new);
                    case DEPLOYMENT -> on(members, kind, DeploymentId::new, WantedRole.OnDeployment::new);
                });
        members.refuseUnlessEmpty("deploymentId", "is for roles on DAGs, which there are none of here");
        members.finish(ROLE_MODEL);
        return role;
    }

    /// A role name of another kind of object is as wrong as one that does not exist.
    private static <T extends Id> Optional<WantedRole> on(
            Members members, ScopeKind kind, Function<String, T> id, BiFunction<T, Role, WantedRole> make) {
        Optional<T> entityId = members.require("entityId", MemberRule.id(id));
        Optional<Role> role = members.require("role", MemberRule.oneOf(Role.of(kind)));
        return entityId.flatMap(entity -> role.map(held -> make.apply(entity, held)));
    }
}
