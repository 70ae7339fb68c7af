package io.headgate.api.v1.organization;

import io.headgate.kernel.Page;
import io.headgate.organization.Organization;
import java.util.List;

/// A page of Organizations.
record OrganizationsWire(List<OrganizationWire> organizations, int limit, int offset, long totalCount) {

    static OrganizationsWire of(Page<Organization> page) {
        return new OrganizationsWire(
                page.items().stream().map(OrganizationWire::of).toList(),
                page.request().limit(),
                page.request().offset(),
                page.totalCount());
    }
}
