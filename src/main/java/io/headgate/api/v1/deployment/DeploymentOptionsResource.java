package io.headgate.api.v1.deployment;

import io.headgate.access.Caller;
import io.headgate.api.http.Callers;
import io.headgate.api.http.QueryParameters;
import io.headgate.deployment.Deployments;
import io.headgate.deployment.Executor;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
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
import java.util.stream.Stream;

/// `GetDeploymentOptions`: the same for everybody who may see the Organization, whatever the filters say.
@Path("/v1/organizations/{organizationId}/deployment-options")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
@RunOnVirtualThread
final class DeploymentOptionsResource {
    private final Callers callers;
    private final Organizations organizations;
    private final Deployments deployments;

    DeploymentOptionsResource(Callers callers, Organizations organizations, Deployments deployments) {
        this.callers = callers;
        this.organizations = organizations;
        this.deployments = deployments;
    }

    @GET
    public DeploymentOptionsWire view(@PathParam("organizationId") String organizationId, @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        Optional<DeploymentId> deploymentId = query.id("deploymentId", DeploymentId::new);
        query.oneOf("deploymentType", List.of("STANDARD", "DEDICATED", "HYBRID"));
        query.oneOf("executor", Stream.of(Executor.values()).map(Enum::name).toList());
        query.oneOf("cloudProvider", List.of("AWS", "AZURE", "GCP"));
        query.throwIfWrong();
        Caller caller = callers.current();
        OrganizationId organization = PathIds.read(organizationId, OrganizationId::new, Organizations.notFound());
        organizations.view(caller, organization);
        deploymentId.ifPresent(id -> deployments.view(caller, organization, id));
        return DeploymentOptionsWire.current();
    }
}
