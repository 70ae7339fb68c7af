package io.headgate.api.v1.organization;

import io.headgate.api.http.Callers;
import io.headgate.api.http.QueryParameters;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.organization.Organizations;
import io.headgate.web.PathIds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;

/// `ListOrganizations`, `GetOrganization`.
@Path("/v1/organizations")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
@RunOnVirtualThread
final class OrganizationResource {
    private final Callers callers;
    private final Organizations organizations;

    OrganizationResource(Callers callers, Organizations organizations) {
        this.callers = callers;
        this.organizations = organizations;
    }

    @GET
    public OrganizationsWire list(@Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        PageRequest request = query.page(Organizations.sortFields());
        Optional<String> product = query.oneOf("product", List.of(OrganizationWire.PRODUCT, "HYBRID"));
        query.throwIfWrong();
        if (product.filter(wanted -> !wanted.equals(OrganizationWire.PRODUCT)).isPresent()) {
            return OrganizationsWire.of(new Page<>(List.of(), request, 0));
        }
        return OrganizationsWire.of(organizations.list(callers.current(), request));
    }

    @GET
    @Path("{organizationId}")
    public OrganizationWire view(@PathParam("organizationId") String organizationId, @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        query.flag("isLookUpOnly"); // changes nothing: the answer is short as it is
        query.throwIfWrong();
        return OrganizationWire.of(organizations.view(
                callers.current(), PathIds.read(organizationId, OrganizationId::new, Organizations.notFound())));
    }
}
