package io.headgate.api.v1.deploy;

import io.headgate.api.http.Callers;
import io.headgate.api.http.QueryParameters;
import io.headgate.api.http.RequestBody;
import io.headgate.deploy.Deploy;
import io.headgate.deploy.Deploys;
import io.headgate.deploy.Uploads;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.PageRequest;
import io.headgate.web.PathIds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/// `ListDeploys`, `CreateDeploy`, `GetDeploy`, `UpdateDeploy`, `FinalizeDeploy`, `DeployRollback`.
@Path("/v1/organizations/{organizationId}/deployments/{deploymentId}/deploys")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
@RunOnVirtualThread
final class DeployResource {
    private final Callers callers;
    private final Deploys deploys;
    private final Uploads uploads;

    DeployResource(Callers callers, Deploys deploys, Uploads uploads) {
        this.callers = callers;
        this.deploys = deploys;
        this.uploads = uploads;
    }

    @GET
    public DeploysWire list(
            @PathParam("organizationId") String organizationId,
            @PathParam("deploymentId") String deploymentId,
            @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        PageRequest request = query.page(Deploys.sortFields());
        query.throwIfWrong();
        return DeploysWire.of(
                deploys.list(callers.current(), organization(organizationId), deployment(deploymentId), request));
    }

    @POST
    public DeployWire create(
            @PathParam("organizationId") String organizationId,
            @PathParam("deploymentId") String deploymentId,
            RequestBody body) {
        Deploy created = deploys.create(
                callers.current(), organization(organizationId), deployment(deploymentId), DeployBodies.create(body));
        return DeployWire.withUploadUrl(created, uploads.urlFor(created.id()));
    }

    @GET
    @Path("{deployId}")
    public DeployWire view(
            @PathParam("organizationId") String organizationId,
            @PathParam("deploymentId") String deploymentId,
            @PathParam("deployId") String deployId) {
        return DeployWire.of(deploys.view(
                callers.current(), organization(organizationId), deployment(deploymentId), deploy(deployId)));
    }

    @POST
    @Path("{deployId}")
    public DeployWire update(
            @PathParam("organizationId") String organizationId,
            @PathParam("deploymentId") String deploymentId,
            @PathParam("deployId") String deployId,
            RequestBody body) {
        return DeployWire.of(deploys.describe(
                callers.current(),
                organization(organizationId),
                deployment(deploymentId),
                deploy(deployId),
                DeployBodies.description(body)));
    }

    @POST
    @Path("{deployId}/finalize")
    public DeployWire finalizeDeploy(
            @PathParam("organizationId") String organizationId,
            @PathParam("deploymentId") String deploymentId,
            @PathParam("deployId") String deployId,
            RequestBody body)
            throws InterruptedException {
        return DeployWire.of(deploys.finalizeDeploy(
                callers.current(),
                organization(organizationId),
                deployment(deploymentId),
                deploy(deployId),
                DeployBodies.finalization(body)));
    }

    @POST
    @Path("{deployId}/rollback")
    public DeployWire rollback(
            @PathParam("organizationId") String organizationId,
            @PathParam("deploymentId") String deploymentId,
            @PathParam("deployId") String deployId,
            RequestBody body) {
        return DeployWire.of(deploys.rollback(
                callers.current(),
                organization(organizationId),
                deployment(deploymentId),
                deploy(deployId),
                DeployBodies.description(body)));
    }

    private static OrganizationId organization(String text) {
        return PathIds.read(text, OrganizationId::new, Deployments.notFound());
    }

    private static DeploymentId deployment(String text) {
        return PathIds.read(text, DeploymentId::new, Deployments.notFound());
    }

    private static DeployId deploy(String text) {
        return PathIds.read(text, DeployId::new, Deploys.notFound());
    }
}
