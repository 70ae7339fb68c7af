package io.headgate.api.v1.workspace;

import io.headgate.api.http.Callers;
import io.headgate.api.http.QueryParameters;
import io.headgate.api.http.RequestBody;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.WorkspaceId;
import io.headgate.organization.Organizations;
import io.headgate.organization.WorkspaceFilter;
import io.headgate.organization.Workspaces;
import io.headgate.web.PathIds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/// `ListWorkspaces`, `GetWorkspace`, `CreateWorkspace`, `UpdateWorkspace`, `DeleteWorkspace`.
@Path("/v1/organizations/{organizationId}/workspaces")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
@RunOnVirtualThread
final class WorkspaceResource {
    private final Callers callers;
    private final Workspaces workspaces;

    WorkspaceResource(Callers callers, Workspaces workspaces) {
        this.callers = callers;
        this.workspaces = workspaces;
    }

    @GET
    public WorkspacesWire list(@PathParam("organizationId") String organizationId, @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        PageRequest request = query.page(Workspaces.sortFields());
        WorkspaceFilter filter = new WorkspaceFilter(query.ids("workspaceIds", WorkspaceId::new), query.texts("names"));
        query.throwIfWrong();
        return WorkspacesWire.of(workspaces.list(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, Organizations.notFound()),
                filter,
                request));
    }

    @POST
    public WorkspaceWire create(@PathParam("organizationId") String organizationId, RequestBody body) {
        return WorkspaceWire.of(workspaces.create(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, Organizations.notFound()),
                WorkspaceBody.ofNew(body)));
    }

    @GET
    @Path("{workspaceId}")
    public WorkspaceWire view(
            @PathParam("organizationId") String organizationId, @PathParam("workspaceId") String workspaceId) {
        return WorkspaceWire.of(workspaces.view(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, Workspaces.notFound()),
                PathIds.read(workspaceId, WorkspaceId::new, Workspaces.notFound())));
    }

    @POST
    @Path("{workspaceId}")
    public WorkspaceWire update(
            @PathParam("organizationId") String organizationId,
            @PathParam("workspaceId") String workspaceId,
            RequestBody body) {
        return WorkspaceWire.of(workspaces.update(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, Workspaces.notFound()),
                PathIds.read(workspaceId, WorkspaceId::new, Workspaces.notFound()),
                WorkspaceBody.ofExisting(body)));
    }

    @DELETE
    @Path("{workspaceId}")
    public void delete(
            @PathParam("organizationId") String organizationId, @PathParam("workspaceId") String workspaceId) {
        workspaces.delete(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, Workspaces.notFound()),
                PathIds.read(workspaceId, WorkspaceId::new, Workspaces.notFound()));
    }
}
