package io.headgate.token;

import io.headgate.access.Authorship;
import io.headgate.access.Principal;
import io.headgate.access.Role;
import io.headgate.access.Scope;
import io.headgate.access.Subject;
import io.headgate.kernel.ApiTokenId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An API token without its value: what may be shown again.
///
/// @param home the object it belongs to and on which it holds its role
/// @param shortToken the last characters of the present value; changes on rotation
public record ApiToken(
        ApiTokenId id,
        Scope home,
        String name,
        String description,
        Role role,
        Validity validity,
        String shortToken,
        Optional<Instant> lastRotatedAt,
        Optional<Instant> lastUsedAt,
        Authorship authorship) {

    public TokenScope scope() {
        return switch (home) {
            case Scope.OfOrganization _ -> TokenScope.ORGANIZATION;
            case Scope.OfWorkspace _ -> TokenScope.WORKSPACE;
            case Scope.OfDeployment _ -> TokenScope.DEPLOYMENT;
        };
    }

    /// Who acts when this token is used, with the rights it has now.
    public Principal principal() {
        return new Principal(new Subject.ApiToken(id, name), List.of(role.in(home)));
    }

    ApiToken renamed(String newName, String newDescription, Subject by, Instant now) {
        return new ApiToken(
                id,
                home,
                newName,
                newDescription,
                role,
                validity,
                shortToken,
                lastRotatedAt,
                lastUsedAt,
                authorship.updatedBy(by, now));
    }

    /// Starts a new period for a new value; id, name, description and role stay (S28).
    ApiToken rotated(Subject by, Instant now) {
        return new ApiToken(
                id,
                home,
                name,
                description,
                role,
                validity.restartedAt(now),
                shortToken,
                Optional.of(now),
                lastUsedAt,
                authorship.updatedBy(by, now));
    }

    /// The same token with a later use than the database knows of.
    ApiToken usedAt(Instant at) {
        return new ApiToken(
                id, home, name, description, role, validity, shortToken, lastRotatedAt, Optional.of(at), authorship);
    }

    ApiToken withShortToken(String newShortToken) {
        return new ApiToken(
                id, home, name, description, role, validity, newShortToken, lastRotatedAt, lastUsedAt, authorship);
    }
}
