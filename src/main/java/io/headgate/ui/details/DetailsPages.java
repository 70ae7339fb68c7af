package io.headgate.ui.details;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.SignedInEndpoint;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentFile;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentSpot;
import io.headgate.ui.frame.DeploymentSpots;
import io.headgate.web.YamlWriter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;

/// The settings of a Deployment, also as the file that its code is kept beside (F1); the values of secrets are empty
/// there (F8).
@Path("/deployments/{deploymentId}/details")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class DetailsPages {
    private final DeploymentSpots spots;
    private final Answers answers;
    private final DeploymentAddresses addresses;
    private final Clock clock;

    DetailsPages(DeploymentSpots spots, Answers answers, DeploymentAddresses addresses, Clock clock) {
        this.spots = spots;
        this.answers = answers;
        this.addresses = addresses;
        this.clock = clock;
    }

    @GET
    @Produces(Answers.HTML)
    public Response show(@PathParam("deploymentId") String deploymentId) {
        DeploymentSpot spot = spot(deploymentId);
        return answers.page(DetailsTemplates.show(
                spot.shell(),
                spot.head(),
                DetailsView.of(
                        spot.deployment(),
                        addresses,
                        file(spot),
                        clock.instant(),
                        spot.may(DeploymentPermission.UPDATE))));
    }

    /// The same text as the API's.
    @GET
    @Path("deployment-file.yaml")
    public Response download(@PathParam("deploymentId") String deploymentId) {
        return Response.ok(file(spot(deploymentId)), "application/yaml")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"deployment-file.yaml\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private String file(DeploymentSpot spot) {
        return YamlWriter.write(DeploymentFile.of(spot.deployment(), addresses));
    }

    private DeploymentSpot spot(String deploymentId) {
        return spots.of(deploymentId, "details", "Details");
    }
}
