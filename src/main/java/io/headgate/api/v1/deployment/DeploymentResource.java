package io.headgate.api.v1.deployment;

import io.headgate.api.http.Callers;
import io.headgate.api.http.QueryParameters;
import io.headgate.api.http.RequestBody;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentFilter;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.WorkspaceId;
import io.headgate.organization.Organizations;
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

/// `ListDeployments`, `GetDeployment`, `CreateDeployment`, `UpdateDeployment`, `DeleteDeployment`.
@Path("/v1/organizations/{organizationId}/deployments")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
@RunOnVirtualThread
final class DeploymentResource {
    private final Callers callers;
    private final Deployments deployments;
    private final DeploymentAddresses addresses;

    DeploymentResource(Callers callers, Deployments deployments, DeploymentAddresses addresses) {
        this.callers = callers;
        this.deployments = deployments;
        this.addresses = addresses;
    }

    @GET
    public DeploymentsWire list(@PathParam("organizationId") String organizationId, @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        PageRequest request = query.page(Deployments.sortFields());
        DeploymentFilter filter = new DeploymentFilter(
                query.ids("deploymentIds", DeploymentId::new),
                query.texts("names"),
                query.ids("workspaceIds", WorkspaceId::new));
        query.throwIfWrong();
        return DeploymentsWire.of(
                deployments.list(
                        callers.current(),
                        PathIds.read(organizationId, OrganizationId::new, Organizations.notFound()),
                        filter,
                        request),
                addresses);
    }

    @POST
    public DeploymentWire create(@PathParam("organizationId") String organizationId, RequestBody body) {
        return DeploymentWire.of(
                deployments.create(
                        callers.current(),
                        PathIds.read(organizationId, OrganizationId::new, Workspaces.notFound()),
                        CreateDeploymentBody.read(body)),
                addresses);
    }

    @GET
    @Path("{deploymentId}")
    public DeploymentWire view(
            @PathParam("organizationId") String organizationId, @PathParam("deploymentId") String deploymentId) {
        return DeploymentWire.of(
                deployments.view(
                        callers.current(),
                        PathIds.read(organizationId, OrganizationId::new, Deployments.notFound()),
                        PathIds.read(deploymentId, DeploymentId::new, Deployments.notFound())),
                addresses);
    }

    @POST
    @Path("{deploymentId}")
    public DeploymentWire update(
            @PathParam("organizationId") String organizationId,
            @PathParam("deploymentId") String deploymentId,
            RequestBody body) {
        return DeploymentWire.of(
                deployments
                        .update(
                                callers.current(),
                                PathIds.read(organizationId, OrganizationId::new, Deployments.notFound()),
                                PathIds.read(deploymentId, DeploymentId::new, Deployments.notFound()),
                                UpdateDeploymentBody.read(body))
                        .after(),
                addresses);
    }

    @DELETE
    @Path("{deploymentId}")
    public void delete(
            @PathParam("organizationId") String organizationId, @PathParam("deploymentId") String deploymentId) {
        deployments.delete(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, Deployments.notFound()),
                PathIds.read(deploymentId, DeploymentId::new, Deployments.notFound()));
    }
}
