package io.headgate.ui.deployment;

import io.headgate.access.SignedInEndpoint;
import io.headgate.access.WorkspacePermission;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.Deployments;
import io.headgate.deployment.NewDeployment;
import io.headgate.deployment.RuntimeRelease;
import io.headgate.identity.SpentForms;
import io.headgate.kernel.ProblemException;
import io.headgate.kernel.WorkspaceId;
import io.headgate.organization.Workspace;
import io.headgate.organization.Workspaces;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentHeads;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Shells;
import io.headgate.ui.session.Form;
import io.headgate.ui.session.Visitor;
import io.headgate.web.Members;
import io.headgate.web.PathIds;
import io.headgate.web.TextRule;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/// The form that makes a Deployment; what is said of it beyond a name can be changed on its *Details* later.
@Path("/workspaces/{workspaceId}/deployments/new")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class NewDeploymentPages {
    private static final Map<String, String> LABELS = Map.of("name", "Name", "description", "Description");

    private final Visitor visitor;
    private final Shells shells;
    private final Answers answers;
    private final Workspaces workspaces;
    private final Deployments deployments;
    private final SpentForms spentForms;

    NewDeploymentPages(
            Visitor visitor,
            Shells shells,
            Answers answers,
            Workspaces workspaces,
            Deployments deployments,
            SpentForms spentForms) {
        this.visitor = visitor;
        this.shells = shells;
        this.answers = answers;
        this.workspaces = workspaces;
        this.deployments = deployments;
        this.spentForms = spentForms;
    }

    @GET
    @Produces(Answers.HTML)
    public Response form(@PathParam("workspaceId") String workspaceId) {
        return page(Response.Status.OK, workspace(workspaceId), "", "", FieldErrors.none());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(Answers.HTML)
    public Response create(@PathParam("workspaceId") String workspaceId, Form form) {
        Workspace workspace = workspace(workspaceId);
        try {
            Members members = form.members("name", "description");
            Optional<String> name = members.require("name", TextRule.line(1, NewDeployment.NAME_MAX));
            Optional<String> description = members.read("description", TextRule.lines(NewDeployment.DESCRIPTION_MAX));
            members.throwIfWrong();
            if (!form.nonce().map(spentForms::spend).orElse(false)) {
                return answers.goTo(WorkspaceView.of(workspace, true).base());
            }
            Deployment made = deployments.create(
                    visitor.caller(),
                    workspace.organizationId(),
                    NewDeployment.named(workspace.id(), name.orElseThrow()).describedAs(description));
            return answers.goTo(DeploymentHeads.base(made.id()));
        } catch (ProblemException e) {
            if (e.problem().status() == Response.Status.FORBIDDEN.getStatusCode()
                    || e.problem().status() >= 500) {
                throw e;
            }
            return page(
                    Response.Status.BAD_REQUEST,
                    workspace,
                    form.text("name"),
                    form.text("description"),
                    FieldErrors.of(e.problem(), LABELS));
        }
    }

    private Workspace workspace(String id) {
        Workspace workspace = workspaces.view(
                visitor.caller(),
                visitor.signedIn().user().organizationId(),
                PathIds.read(id, WorkspaceId::new, Workspaces.notFound()));
        visitor.caller().require(WorkspacePermission.DEPLOYMENTS_CREATE, workspace.scope(), Workspaces.notFound());
        return workspace;
    }

    private Response page(
            Response.Status status, Workspace workspace, String name, String description, FieldErrors errors) {
        RuntimeRelease newest = RuntimeRelease.newest();
        return answers.page(
                status,
                DeploymentTemplates.create(
                        shells.of("New Deployment", workspace.id()),
                        WorkspaceView.of(workspace, true),
                        new NewDeploymentView(
                                spentForms.nonce(),
                                name,
                                description,
                                newest.version() + " (Airflow " + newest.airflowVersion() + ")",
                                errors)));
    }
}
