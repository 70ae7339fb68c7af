package io.headgate.ui.variable;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.SignedInEndpoint;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentSpot;
import io.headgate.ui.frame.DeploymentSpots;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.time.Clock;

/// The list of a Deployment's environment variables (UI30); secrets are dots for ever (V5).
@Path("/deployments/{deploymentId}/variables")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class VariablePages {
    private final DeploymentSpots spots;
    private final Answers answers;
    private final Clock clock;

    VariablePages(DeploymentSpots spots, Answers answers, Clock clock) {
        this.spots = spots;
        this.answers = answers;
        this.clock = clock;
    }

    @GET
    @Produces(Answers.HTML)
    public Response list(@PathParam("deploymentId") String deploymentId) {
        DeploymentSpot spot = spots.of(deploymentId, "variables", "Variables");
        return answers.page(VariableTemplates.list(
                spot.shell(),
                spot.head(),
                new VariableListView(
                        spot.deployment().variables().stream()
                                .map(variable -> VariableRow.of(variable, clock.instant()))
                                .toList(),
                        spot.may(DeploymentPermission.UPDATE))));
    }
}
