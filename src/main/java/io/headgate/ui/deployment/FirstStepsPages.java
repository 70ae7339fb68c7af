package io.headgate.ui.deployment;

import io.headgate.access.Caller;
import io.headgate.access.SignedInEndpoint;
import io.headgate.deployment.DeploymentFilter;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.WorkspaceId;
import io.headgate.organization.Workspace;
import io.headgate.organization.Workspaces;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.Shells;
import io.headgate.ui.session.Visitor;
import io.headgate.web.PathIds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.List;

/// The checklist for a new installation; apart from the list of Deployments, because it asks their Airflows.
@Path("/workspaces/{workspaceId}/first-steps")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class FirstStepsPages {
    private final Visitor visitor;
    private final Shells shells;
    private final Answers answers;
    private final Workspaces workspaces;
    private final Deployments deployments;
    private final FirstSteps firstSteps;

    FirstStepsPages(
            Visitor visitor,
            Shells shells,
            Answers answers,
            Workspaces workspaces,
            Deployments deployments,
            FirstSteps firstSteps) {
        this.visitor = visitor;
        this.shells = shells;
        this.answers = answers;
        this.workspaces = workspaces;
        this.deployments = deployments;
        this.firstSteps = firstSteps;
    }

    @GET
    @Produces(Answers.HTML)
    public Response checklist(@PathParam("workspaceId") String workspaceId) throws InterruptedException {
        Caller caller = visitor.caller();
        Workspace workspace = workspaces.view(
                caller,
                visitor.signedIn().user().organizationId(),
                PathIds.read(workspaceId, WorkspaceId::new, Workspaces.notFound()));
        return answers.page(DeploymentTemplates.firstSteps(
                shells.of("First steps", workspace.id()),
                WorkspaceView.of(workspace, false),
                firstSteps.of(
                        caller,
                        deployments
                                .list(
                                        caller,
                                        workspace.organizationId(),
                                        new DeploymentFilter(List.of(), List.of(), List.of(workspace.id())),
                                        PageRequest.everything())
                                .items())));
    }
}
