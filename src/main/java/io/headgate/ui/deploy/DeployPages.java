package io.headgate.ui.deploy;

import io.headgate.access.SignedInEndpoint;
import io.headgate.deploy.Deploy;
import io.headgate.deploy.Findings;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentSpot;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;

/// One deploy: how far it is, what was found in its code, where it came from (UI35).
@Path("/deployments/{deploymentId}/deploys/{deployId}")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class DeployPages {
    private static final int DAGS_LISTED = 60;
    private static final String SOON = "2s";

    private final DeployPlace place;
    private final Answers answers;

    DeployPages(DeployPlace place, Answers answers) {
        this.place = place;
        this.answers = answers;
    }

    @GET
    @Produces(Answers.HTML)
    public Response detail(@PathParam("deploymentId") String deploymentId, @PathParam("deployId") String deployId) {
        DeploymentSpot spot = place.spot(deploymentId, "Deploy");
        return answers.page(DeployTemplates.detail(spot.shell(), spot.head(), view(spot, place.find(spot, deployId))));
    }

    private DeployView view(DeploymentSpot spot, Deploy deploy) {
        List<FindingLine> errors = FindingLine.of(found(deploy, Findings::errors));
        List<String> dags = found(deploy, Findings::dagIds);
        boolean unresolved = deploy.statusReason().startsWith(Deploy.UNRESOLVED);
        DeployRow row = place.row(spot, deploy);
        return new DeployView(
                row,
                DeployRow.goesOn(deploy) ? SOON : "",
                // what failed because of errors in files says so there, each with its place
                unresolved || (!errors.isEmpty() && deploy.code().isEmpty()) ? "" : deploy.statusReason(),
                unresolved ? deploy.statusReason().substring(Deploy.UNRESOLVED.length()) : "",
                DeployStep.of(deploy, place.now()),
                errors,
                FindingLine.of(found(deploy, Findings::warnings)),
                deploy.findings().isPresent(),
                dags.stream().limit(DAGS_LISTED).toList(),
                Math.max(0, dags.size() - DAGS_LISTED),
                spot.may(DeployPlace.ROLLBACK) && row.canBeBroughtBack());
    }

    private static <T> List<T> found(Deploy deploy, Function<Findings, List<T>> part) {
        return deploy.findings().map(part).orElse(List.of());
    }
}
