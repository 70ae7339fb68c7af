package io.headgate.ui.deploy;

import io.headgate.access.SignedInEndpoint;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentSpot;
import io.headgate.ui.frame.ListQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// The history of a Deployment's code (UI33, UI34).
@Path("/deployments/{deploymentId}/deploys")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class DeployHistoryPages {
    private static final SequencedMap<String, Comparator<DeployRow>> COLUMNS = columns();
    private static final String SOON = "2s";
    private static final String LATER = "15s";

    private final DeployPlace place;
    private final Answers answers;

    DeployHistoryPages(DeployPlace place, Answers answers) {
        this.place = place;
        this.answers = answers;
    }

    @GET
    @Produces(Answers.HTML)
    public Response history(@PathParam("deploymentId") String deploymentId, @Context UriInfo uri) {
        DeploymentSpot spot = place.spot(deploymentId, "Deploy History");
        DeployPlace.History history = place.history(spot);
        return answers.page(DeployTemplates.history(
                spot.shell(),
                spot.head(),
                new HistoryView(
                        ListQuery.of(uri).over(history.rows(), DeployHistoryPages::texts, COLUMNS),
                        history.older(),
                        history.goesOn() ? SOON : LATER,
                        spot.may(DeployPlace.ROLLBACK))));
    }

    private static List<String> texts(DeployRow row) {
        return List.of(
                row.status().word(),
                row.description(),
                row.version(),
                row.fullVersion(),
                row.by(),
                row.commit()
                        .map(commit -> commit.sha() + " " + commit.branch() + " " + commit.author())
                        .orElse(""));
    }

    private static SequencedMap<String, Comparator<DeployRow>> columns() {
        SequencedMap<String, Comparator<DeployRow>> columns = new LinkedHashMap<>();
        // ids rise with time, also within one tick of the clock
        columns.put(
                "time",
                Comparator.comparing(DeployRow::createdAt, Comparator.<Instant>reverseOrder())
                        .thenComparing(DeployRow::id, Comparator.<String>reverseOrder()));
        columns.put(
                "status", Comparator.comparing((DeployRow row) -> row.status().word()));
        columns.put("type", Comparator.comparing(DeployRow::type).thenComparing(DeployRow::rollback));
        columns.put("by", Comparator.comparing((DeployRow row) -> row.by().toLowerCase(Locale.ROOT)));
        return columns;
    }
}
