package io.headgate.organization;

import io.headgate.access.Authorship;
import io.headgate.access.Scope;
import io.headgate.kernel.OrganizationId;

/// The one company, institute or club that this installation serves; the root of everything.
public record Organization(OrganizationId id, String name, Authorship authorship) {

    public Scope.OfOrganization scope() {
        return new Scope.OfOrganization(id);
    }
}
