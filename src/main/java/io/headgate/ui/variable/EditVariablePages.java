package io.headgate.ui.variable;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.SignedInEndpoint;
import io.headgate.deployment.DeploymentChange;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.ProblemException;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentSpot;
import io.headgate.ui.frame.DeploymentSpots;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Note;
import io.headgate.ui.frame.RowErrors;
import io.headgate.ui.frame.Seen;
import io.headgate.ui.session.Form;
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
import java.util.List;
import java.util.Map;

/// The editor of a Deployment's environment variables, all of them in one form (UI31, UI32): one save, one restart.
///
/// 1. An empty value of a secret that is there keeps it (V7).
/// 2. Whoever saves what somebody else has changed meanwhile is shown both, and nothing is saved (see
///    {@link MeanwhileChanges}).
@Path("/deployments/{deploymentId}/variables/edit")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class EditVariablePages {
    private static final RowErrors ERRORS = new RowErrors(
            "environmentVariables",
            Map.of("key", "Key", "value", "Value", "isSecret", "Secret", "environmentVariables", "The list"));

    private final DeploymentSpots spots;
    private final Answers answers;
    private final Deployments deployments;

    EditVariablePages(DeploymentSpots spots, Answers answers, Deployments deployments) {
        this.spots = spots;
        this.answers = answers;
        this.deployments = deployments;
    }

    @GET
    @Produces(Answers.HTML)
    public Response form(@PathParam("deploymentId") String deploymentId) {
        DeploymentSpot spot = spot(deploymentId);
        List<EditorRow> stored = EditorRows.stored(spot.deployment());
        return page(
                Response.Status.OK,
                spot,
                new EditVariablesView(
                        stored.isEmpty() ? List.of(EditorRow.blank("0")) : stored,
                        EditorRows.seen(spot.deployment()),
                        false,
                        FieldErrors.none()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(Answers.HTML)
    public Response save(@PathParam("deploymentId") String deploymentId, Form form) {
        DeploymentSpot spot = spot(deploymentId);
        Seen seen = Seen.in(form);
        List<EditorRow> sent = EditorRows.sent(form, spot.deployment());
        try {
            deployments.updateIf(
                    spot.caller(),
                    spot.organizationId(),
                    spot.deployment().id(),
                    DeploymentChange.none().withVariables(EditorRows.wanted(sent, spot.deployment())),
                    now -> EditorRows.seen(now).equals(seen));
            return answers.goTo(spot.tab("variables"), Note.VARIABLES_SAVED);
        } catch (ProblemException e) {
            if (e.problem().code().equals(Deployments.CHANGED_MEANWHILE)) {
                return changedMeanwhile(deploymentId, form, seen);
            }
            if (e.problem().status() != Response.Status.BAD_REQUEST.getStatusCode()) {
                throw e;
            }
            return page(
                    Response.Status.BAD_REQUEST, spot, new EditVariablesView(sent, seen, true, ERRORS.of(e.problem())));
        }
    }

    private Response changedMeanwhile(String deploymentId, Form form, Seen before) {
        DeploymentSpot now = spot(deploymentId);
        MeanwhileChanges changes =
                MeanwhileChanges.between(before, EditorRows.sent(form, now.deployment()), now.deployment());
        return page(
                Response.Status.CONFLICT,
                now,
                new EditVariablesView(
                        changes.rows(), EditorRows.seen(now.deployment()), true, changes.errors(now.head())));
    }

    private DeploymentSpot spot(String deploymentId) {
        DeploymentSpot spot = spots.of(deploymentId, "variables", "Edit variables");
        spot.require(DeploymentPermission.UPDATE);
        return spot;
    }

    private Response page(Response.Status status, DeploymentSpot spot, EditVariablesView view) {
        return answers.page(status, VariableTemplates.edit(spot.shell(), spot.head(), view));
    }
}
