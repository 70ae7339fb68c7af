package io.headgate.ui.deployment;

import io.headgate.access.SignedInEndpoint;
import io.headgate.deployment.Deployment;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentHeads;
import io.headgate.ui.frame.StatusLine;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/// The status that stands above every page of a Deployment, by itself: an open page asks for it again and again, and
/// the rest of that page is not to be made anew each time.
@Path("/deployments/{deploymentId}/status")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class StatusPages {
    private final Answers answers;
    private final DeploymentHeads heads;

    StatusPages(Answers answers, DeploymentHeads heads) {
        this.answers = answers;
        this.heads = heads;
    }

    @GET
    @Produces(Answers.HTML)
    public Response status(@PathParam("deploymentId") String deploymentId) {
        Deployment deployment = heads.find(deploymentId);
        return answers.page(
                DeploymentTemplates.status(DeploymentHeads.base(deployment.id()), StatusLine.of(deployment)));
    }
}
