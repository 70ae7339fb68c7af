package io.headgate.token;

import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.access.OrganizationPermission;
import io.headgate.access.Policy;
import io.headgate.access.Reach;
import io.headgate.access.RoleAssignment;
import io.headgate.access.Scope;
import io.headgate.access.Subject;
import io.headgate.access.WorkspacePermission;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Problem;
import java.util.Optional;

/// Which tokens a caller may look at and change.
///
/// 1. A token is shown to whoever may look at tokens of an object on which it holds a role (T5); of its further roles
///    only those on such objects are shown.
/// 2. To change it needs the right on the object it belongs to (T7), and to hold all that the token holds (R7): who
///    rotates a token has its value.
/// 3. No token changes itself, whatever its role.
final class TokenAccess {
    private TokenAccess() {}

    /// The objects whose tokens the caller may look at.
    static ApiTokenStore.Visible visible(Caller caller, OrganizationId organization) {
        return new ApiTokenStore.Visible(
                caller.may(OrganizationPermission.API_TOKENS_GET, new Scope.OfOrganization(organization)),
                Reach.holding(WorkspacePermission.API_TOKENS_GET, caller.principal(), organization),
                Reach.holding(DeploymentPermission.API_TOKENS_GET, caller.principal(), organization));
    }

    /// The tokens that exist as far as the caller can tell: about every other one the answer is 404.
    static ApiTokenStore.Known known(Caller caller, OrganizationId organization) {
        return new ApiTokenStore.Known(
                visible(caller, organization),
                Policy.holds(caller.principal(), OrganizationPermission.GET, new Scope.OfOrganization(organization)),
                Reach.holding(WorkspacePermission.GET, caller.principal(), organization),
                Reach.holding(DeploymentPermission.GET, caller.principal(), organization));
    }

    /// The token if the caller may look at it; of the rest, one that belongs to an object which the caller reads is a
    /// 403
    /// and every other one a 404.
    static ApiToken readable(Caller caller, Optional<ApiToken> found) {
        ApiToken token = found.orElseThrow(() -> TokenProblems.notFound().asException());
        if (!isShown(caller, token)) {
            // an Organization or Workspace is visible to all tokens of what is in it; its own tokens are not
            if (Policy.holds(caller.principal(), Policy.reading(token.home()), token.home())) {
                caller.require(TokenAct.GET.on(token.home()), token.home(), TokenProblems.notFound());
            }
            throw TokenProblems.notFound().asException();
        }
        return token;
    }

    /// The token if the caller may do that to all of it.
    static ApiToken changeable(Caller caller, Optional<ApiToken> found, TokenAct act) {
        ApiToken token = found.orElseThrow(() -> TokenProblems.notFound().asException());
        if (!isShown(caller, token) && !Policy.holds(caller.principal(), Policy.reading(token.home()), token.home())) {
            throw TokenProblems.notFound().asException();
        }
        requireAtHome(caller, token, act);
        refuseItself(caller, token);
        token.roles().forEach(caller::requireAllOf);
        return token;
    }

    /// The token if the caller may change any of the roles that they are shown; which of them is another question.
    static ApiToken reassignable(Caller caller, Optional<ApiToken> found) {
        ApiToken token = readable(caller, found);
        if (token.furtherRoles().stream().noneMatch(further -> mayAt(caller, TokenAct.UPDATE, further.scope()))) {
            caller.require(TokenAct.UPDATE.on(token.home()), token.home(), TokenProblems.notFound());
        }
        refuseItself(caller, token);
        return token;
    }

    private static void requireAtHome(Caller caller, ApiToken token, TokenAct act) {
        boolean onlyAssigned = !mayAt(caller, act, token.home())
                && token.furtherRoles().stream().anyMatch(further -> mayAt(caller, TokenAct.UPDATE, further.scope()));
        if (onlyAssigned) {
            throw Problem.forbidden("not permitted: this needs "
                            + act.on(token.home()).wireName() + "; the token belongs to the "
                            + token.scope().noun() + ", and here only its role can be changed or removed")
                    .asException();
        }
        caller.require(act.on(token.home()), token.home(), TokenProblems.notFound());
    }

    private static void refuseItself(Caller caller, ApiToken token) {
        if (caller.subject() instanceof Subject.ApiToken self
                && self.apiTokenId().equals(token.id())) {
            throw Problem.forbidden("not permitted: an API token does not change, rotate or delete itself")
                    .asException();
        }
    }

    private static boolean mayAt(Caller caller, TokenAct act, Scope scope) {
        return caller.may(act.on(scope), scope);
    }

    private static boolean isShown(Caller caller, RoleAssignment further) {
        return mayAt(caller, TokenAct.GET, further.scope());
    }

    /// The token as the caller may know it.
    static ApiToken shown(Caller caller, ApiToken token) {
        return token.withFurtherRoles(token.furtherRoles().stream()
                .filter(further -> isShown(caller, further))
                .toList());
    }

    private static boolean isShown(Caller caller, ApiToken token) {
        return token.roles().stream().anyMatch(role -> mayAt(caller, TokenAct.GET, role.scope()));
    }
}
