package io.headgate.ui.details;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.SignedInEndpoint;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.Problem;
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
import java.util.Map;

/// The form of a Deployment's settings (UI38). Beside each stands whether Airflow starts again for it.
@Path("/deployments/{deploymentId}/details/edit")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class EditDetailsPages {
    private static final RowErrors ERRORS = new RowErrors(
            "workerQueues",
            Map.of(
                    "name", "Name",
                    "description", "Description",
                    "pythonRequirements", "Python requirements",
                    "workerConcurrency", "Max tasks per worker",
                    "minWorkerCount", "Min",
                    "maxWorkerCount", "Max",
                    "astroMachine", "Worker type",
                    "workerQueues", "The list of worker queues"));

    private final DeploymentSpots spots;
    private final Answers answers;
    private final Deployments deployments;

    EditDetailsPages(DeploymentSpots spots, Answers answers, Deployments deployments) {
        this.spots = spots;
        this.answers = answers;
        this.deployments = deployments;
    }

    @GET
    @Produces(Answers.HTML)
    public Response form(@PathParam("deploymentId") String deploymentId) {
        DeploymentSpot spot = spot(deploymentId);
        return page(
                Response.Status.OK,
                spot,
                TypedDetails.of(spot.deployment()),
                SeenDetails.of(spot.deployment()),
                FieldErrors.none());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(Answers.HTML)
    public Response save(@PathParam("deploymentId") String deploymentId, Form form) {
        DeploymentSpot spot = spot(deploymentId);
        Seen seen = Seen.in(form);
        TypedDetails sent = TypedDetails.sent(form);
        try {
            deployments.updateIf(
                    spot.caller(),
                    spot.organizationId(),
                    spot.deployment().id(),
                    sent.change(spot.deployment()),
                    now -> SeenDetails.of(now).equals(seen));
            return answers.goTo(spot.tab("details"), Note.DEPLOYMENT_SAVED);
        } catch (ProblemException e) {
            Problem problem = e.problem();
            if (problem.code().equals(Deployments.CHANGED_MEANWHILE)) {
                DeploymentSpot now = spot(deploymentId);
                SeenDetails merged = SeenDetails.after(seen, sent, now.deployment(), now.head());
                return page(
                        Response.Status.CONFLICT,
                        now,
                        merged.typed(),
                        SeenDetails.of(now.deployment()),
                        merged.errors());
            }
            return switch (problem.status()) {
                case 400 -> page(Response.Status.BAD_REQUEST, spot, sent, seen, ERRORS.of(problem));
                // the name is taken, or Airflow comes up for the first time
                case 409 ->
                    page(Response.Status.CONFLICT, spot, sent, seen, FieldErrors.of(field(problem), words(problem)));
                default -> throw e;
            };
        }
    }

    private static String field(Problem problem) {
        return problem.code().equals(Deployments.NAME_TAKEN) ? "name" : "";
    }

    private static String words(Problem problem) {
        return problem.code().equals(Deployments.CREATING)
                ? "The Deployment is still being created. Its settings can be changed once it is healthy."
                : FieldErrors.of(problem, Map.of()).entries().getFirst().sentence();
    }

    private DeploymentSpot spot(String deploymentId) {
        DeploymentSpot spot = spots.of(deploymentId, "details", "Edit Deployment");
        spot.require(DeploymentPermission.UPDATE);
        return spot;
    }

    private Response page(
            Response.Status status, DeploymentSpot spot, TypedDetails typed, Seen seen, FieldErrors errors) {
        return answers.page(
                status,
                DetailsTemplates.edit(
                        spot.shell(),
                        spot.head(),
                        new EditDetailsView(
                                typed,
                                seen,
                                errors.any(),
                                spot.deployment().settings().executor().hasWorkerQueues(),
                                errors)));
    }
}
