package io.headgate.identity;

import io.headgate.access.Principal;
import io.headgate.access.Role;
import io.headgate.access.Scope;
import io.headgate.access.Subject;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.UserId;
import java.util.List;

/// A person with an account; `email` is lower case.
public record User(UserId id, OrganizationId organizationId, String email, String fullName, Role organizationRole) {

    User withEmail(String other) {
        return new User(id, organizationId, other, fullName, organizationRole);
    }

    public Principal principal() {
        return new Principal(
                new Subject.User(id, email, fullName),
                List.of(organizationRole.in(new Scope.OfOrganization(organizationId))));
    }
}
