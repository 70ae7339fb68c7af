package io.headgate.api.v1.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.access.Role;
import io.headgate.access.RoleAssignment;
import io.headgate.access.ScopeKind;
import io.headgate.api.v1.SubjectProfileWire;
import io.headgate.token.ApiToken;
import io.headgate.token.IssuedToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// An API token in answers. `scope` and `type` say the same: newer clients read the first, older ones the second.
///
/// @param token the value; in the answers to create and rotate only (S20, S33)
/// @param expiryPeriodInDays absent for a token that never expires, as `endAt` is
/// @param roles the one on its own object first
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ApiTokenWire(
        String id,
        String name,
        String description,
        ScopeKind scope,
        ScopeKind type,
        String kind,
        String shortToken,
        Optional<String> token,
        Instant startAt,
        Optional<Instant> endAt,
        OptionalInt expiryPeriodInDays,
        Optional<Instant> lastRotatedAt,
        Optional<Instant> lastUsedAt,
        List<TokenRole> roles,
        Instant createdAt,
        SubjectProfileWire createdBy,
        Instant updatedAt,
        SubjectProfileWire updatedBy) {
    static final String KIND = "STANDARD";

    /// A role on one object.
    record TokenRole(ScopeKind entityType, String entityId, Role role) {
        static TokenRole of(RoleAssignment assignment) {
            return new TokenRole(
                    assignment.scope().kind(), assignment.scope().objectId().value(), assignment.role());
        }
    }

    static ApiTokenWire of(ApiToken token) {
        return of(token, Optional.empty());
    }

    /// The one way in which a value gets into an answer.
    static ApiTokenWire revealing(IssuedToken issued) {
        return of(issued.token(), Optional.of(issued.value().reveal()));
    }

    private static ApiTokenWire of(ApiToken token, Optional<String> value) {
        return new ApiTokenWire(
                token.id().value(),
                token.name(),
                token.description(),
                token.scope(),
                token.scope(),
                KIND,
                token.shortToken(),
                value,
                token.validity().startAt(),
                token.validity().endAt(),
                token.validity().periodInDays(),
                token.lastRotatedAt(),
                token.lastUsedAt(),
                token.roles().stream().map(TokenRole::of).toList(),
                token.authorship().createdAt(),
                SubjectProfileWire.of(token.authorship().createdBy()),
                token.authorship().updatedAt(),
                SubjectProfileWire.of(token.authorship().updatedBy()));
    }

    @Override
    public String toString() {
        return "ApiTokenWire[" + id + "]";
    }
}
