package io.headgate.ui.deploy;

import io.headgate.access.SignedInEndpoint;
import io.headgate.deploy.Deploy;
import io.headgate.deploy.Deploys;
import io.headgate.deploy.NewDeploy;
import io.headgate.identity.SpentForms;
import io.headgate.kernel.Problem;
import io.headgate.kernel.ProblemException;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentSpot;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Note;
import io.headgate.ui.session.Form;
import io.headgate.web.Members;
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

/// Rolling back: says what goes back and what does not, then makes a deploy of the old code, once (UI36, H6–H10).
@Path("/deployments/{deploymentId}/deploys/{deployId}/rollback")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class RollbackPages {
    private static final Map<String, String> LABELS = Map.of("description", "Description");

    private final DeployPlace place;
    private final Answers answers;
    private final Deploys deploys;
    private final SpentForms spentForms;

    RollbackPages(DeployPlace place, Answers answers, Deploys deploys, SpentForms spentForms) {
        this.place = place;
        this.answers = answers;
        this.deploys = deploys;
        this.spentForms = spentForms;
    }

    @GET
    @Produces(Answers.HTML)
    public Response question(@PathParam("deploymentId") String deploymentId, @PathParam("deployId") String deployId) {
        DeploymentSpot spot = place.spot(deploymentId, "Roll back");
        Deploy target = place.find(spot, deployId);
        spot.require(DeployPlace.ROLLBACK);
        return ask(Response.Status.OK, spot, target, "", FieldErrors.none());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(Answers.HTML)
    public Response rollBack(
            @PathParam("deploymentId") String deploymentId, @PathParam("deployId") String deployId, Form form) {
        DeploymentSpot spot = place.spot(deploymentId, "Roll back");
        Deploy target = place.find(spot, deployId);
        spot.require(DeployPlace.ROLLBACK);
        try {
            Optional<String> description = description(form);
            if (!form.nonce().map(spentForms::spend).orElse(false)) {
                return answers.page(Response.Status.CONFLICT, DeployTemplates.sentBefore(spot.shell(), spot.head()));
            }
            deploys.rollback(
                    spot.caller(), spot.organizationId(), spot.deployment().id(), target.id(), description);
            return answers.goTo(spot.tab(DeployPlace.TAB), Note.ROLLBACK_STARTED);
        } catch (ProblemException e) {
            return again(spot, target, form, e);
        }
    }

    private static Optional<String> description(Form form) {
        Members members = form.members("description");
        Optional<String> description = members.read("description", TextRule.lines(NewDeploy.DESCRIPTION_MAX));
        members.throwIfWrong();
        return description;
    }

    private Response again(DeploymentSpot spot, Deploy target, Form form, ProblemException e) {
        Response.Status status = Response.Status.fromStatusCode(e.problem().status());
        if (status != Response.Status.BAD_REQUEST && status != Response.Status.CONFLICT) {
            throw e;
        }
        return ask(status, spot, target, form.text("description"), FieldErrors.of(e.problem(), LABELS));
    }

    private Response ask(
            Response.Status status, DeploymentSpot spot, Deploy target, String description, FieldErrors errors) {
        Optional<Problem> refused = place.rule(spot).against(target);
        return answers.page(
                status,
                DeployTemplates.rollback(
                        spot.shell(),
                        spot.head(),
                        new RollbackView(
                                place.row(spot, target),
                                spot.head().bundle(),
                                spentForms.nonce(),
                                description,
                                refused.isEmpty(),
                                errors.any()
                                        ? errors
                                        : refused.map(problem -> FieldErrors.of(problem, LABELS))
                                                .orElse(FieldErrors.none()))));
    }
}
