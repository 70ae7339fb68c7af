package io.headgate.token;

import io.headgate.access.Authorship;
import io.headgate.access.Principal;
import io.headgate.access.Role;
import io.headgate.access.RoleAssignment;
import io.headgate.access.Scope;
import io.headgate.access.ScopeKind;
import io.headgate.access.Subject;
import io.headgate.kernel.ApiTokenId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An API token without its value: what may be shown again.
///
/// @param home the object it belongs to
/// @param role what it holds there: exactly one role
/// @param furtherRoles what it holds on other objects, at most one role on each; a Deployment token has none (T6)
/// @param shortToken the last characters of the present value; changes on rotation
public record ApiToken(
        ApiTokenId id,
        Scope home,
        String name,
        String description,
        Role role,
        List<RoleAssignment> furtherRoles,
        Validity validity,
        String shortToken,
        Optional<Instant> lastRotatedAt,
        Optional<LastUse> lastUse,
        Authorship authorship) {

    public ApiToken {
        furtherRoles = List.copyOf(furtherRoles);
    }

    public ScopeKind scope() {
        return home.kind();
    }

    /// All roles, its own first.
    public List<RoleAssignment> roles() {
        return Stream.concat(Stream.of(new RoleAssignment(role, home)), furtherRoles.stream())
                .toList();
    }

    /// Who acts when this token is used, with the rights it has now.
    public Principal principal() {
        return new Principal(
                new Subject.ApiToken(id, name),
                roles().stream().map(RoleAssignment::grant).toList());
    }

    ApiToken renamed(String newName, String newDescription, Subject by, Instant now) {
        return new ApiToken(
                id,
                home,
                newName,
                newDescription,
                role,
                furtherRoles,
                validity,
                shortToken,
                lastRotatedAt,
                lastUse,
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
                furtherRoles,
                validity.restartedAt(now),
                shortToken,
                Optional.of(now),
                lastUse,
                authorship.updatedBy(by, now));
    }

    /// The same token holding other roles, also on its own object.
    ApiToken reassigned(Role newRole, List<RoleAssignment> newFurtherRoles, Subject by, Instant now) {
        return new ApiToken(
                id,
                home,
                name,
                description,
                newRole,
                newFurtherRoles,
                validity,
                shortToken,
                lastRotatedAt,
                lastUse,
                authorship.updatedBy(by, now));
    }

    ApiToken withFurtherRoles(List<RoleAssignment> some) {
        return new ApiToken(
                id, home, name, description, role, some, validity, shortToken, lastRotatedAt, lastUse, authorship);
    }

    /// When it was last used, to the minute.
    public Optional<Instant> lastUsedAt() {
        return lastUse.map(LastUse::at);
    }

    /// The same token with a later use than the database knows of.
    ApiToken used(LastUse use) {
        return new ApiToken(
                id,
                home,
                name,
                description,
                role,
                furtherRoles,
                validity,
                shortToken,
                lastRotatedAt,
                Optional.of(use),
                authorship);
    }

    ApiToken withShortToken(String newShortToken) {
        return new ApiToken(
                id,
                home,
                name,
                description,
                role,
                furtherRoles,
                validity,
                newShortToken,
                lastRotatedAt,
                lastUse,
                authorship);
    }
}
