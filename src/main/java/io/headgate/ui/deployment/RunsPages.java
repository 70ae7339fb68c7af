package io.headgate.ui.deployment;

import io.headgate.access.SignedInEndpoint;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.RunActivity;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentHeads;
import io.headgate.ui.frame.Shells;
import io.headgate.ui.session.Visitor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.time.Clock;

/// What runs now in a Deployment's Airflow; apart from the overview, which must not wait for an Airflow.
@Path("/deployments/{deploymentId}/runs")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class RunsPages {
    private final Visitor visitor;
    private final Shells shells;
    private final Answers answers;
    private final DeploymentHeads heads;
    private final RunActivity activity;
    private final Clock clock;

    RunsPages(
            Visitor visitor, Shells shells, Answers answers, DeploymentHeads heads, RunActivity activity, Clock clock) {
        this.visitor = visitor;
        this.shells = shells;
        this.answers = answers;
        this.heads = heads;
        this.activity = activity;
        this.clock = clock;
    }

    @GET
    @Produces(Answers.HTML)
    public Response runs(@PathParam("deploymentId") String deploymentId) throws InterruptedException {
        Deployment deployment = heads.find(deploymentId);
        return answers.page(DeploymentTemplates.runs(
                shells.of("Runs · " + deployment.name(), deployment.scope().workspaceId()),
                heads.of(deployment, ""),
                RunsView.of(activity.of(visitor.caller(), deployment), clock.instant())));
    }
}
