package io.headgate.ui.deployment;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.SignedInEndpoint;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.Deployments;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentHeads;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Identity;
import io.headgate.ui.frame.Note;
import io.headgate.ui.frame.Shells;
import io.headgate.ui.frame.TypedWord;
import io.headgate.ui.session.Form;
import io.headgate.ui.session.Visitor;
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

/// Deleting a Deployment: says what ends, and does it when `Delete` was typed.
@Path("/deployments/{deploymentId}/delete")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class DeleteDeploymentPages {
    private final Visitor visitor;
    private final Shells shells;
    private final Answers answers;
    private final DeploymentHeads heads;
    private final Deployments deployments;
    private final Identity identity;

    DeleteDeploymentPages(
            Visitor visitor,
            Shells shells,
            Answers answers,
            DeploymentHeads heads,
            Deployments deployments,
            Identity identity) {
        this.visitor = visitor;
        this.shells = shells;
        this.answers = answers;
        this.heads = heads;
        this.deployments = deployments;
        this.identity = identity;
    }

    @GET
    @Produces(Answers.HTML)
    public Response question(@PathParam("deploymentId") String deploymentId) {
        return ask(Response.Status.OK, deployment(deploymentId), "", FieldErrors.none());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(Answers.HTML)
    public Response delete(@PathParam("deploymentId") String deploymentId, Form form) {
        Deployment deployment = deployment(deploymentId);
        FieldErrors wrong = TypedWord.DELETE.check(form);
        FieldErrors errors = wrong.any() ? wrong : identity.check(form);
        if (errors.any()) {
            return ask(Response.Status.BAD_REQUEST, deployment, form.text(TypedWord.FIELD), errors);
        }
        deployments.delete(visitor.caller(), deployment.scope().organizationId(), deployment.id());
        return answers.goTo(
                "/workspaces/" + deployment.scope().workspaceId() + "/deployments", Note.DEPLOYMENT_DELETED);
    }

    private Deployment deployment(String id) {
        Deployment deployment = heads.find(id);
        visitor.caller().require(DeploymentPermission.DELETE, deployment.scope(), Deployments.notFound());
        return deployment;
    }

    private Response ask(Response.Status status, Deployment deployment, String typed, FieldErrors errors) {
        return answers.page(
                status,
                DeploymentTemplates.delete(
                        shells.of(
                                "Delete " + deployment.name(),
                                deployment.scope().workspaceId()),
                        heads.of(deployment, "none"),
                        typed,
                        identity.isAsked(),
                        errors));
    }
}
