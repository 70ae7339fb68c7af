package io.headgate.ui.token;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.SignedInEndpoint;
import io.headgate.config.FeatureStage;
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

/// The list of a Deployment's API tokens (S14, S15).
@Path("/deployments/{deploymentId}/api-tokens")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class ApiTokenPages {
    private static final SequencedMap<String, Comparator<TokenRow>> COLUMNS = columns();

    private final TokenPlace place;
    private final Answers answers;
    private final FeatureStage stage;

    ApiTokenPages(TokenPlace place, Answers answers, FeatureStage stage) {
        this.place = place;
        this.answers = answers;
        this.stage = stage;
    }

    @GET
    @Produces(Answers.HTML)
    public Response list(@PathParam("deploymentId") String deploymentId, @Context UriInfo uri) {
        DeploymentSpot spot = place.spot(deploymentId, "API Tokens");
        spot.require(DeploymentPermission.API_TOKENS_GET);
        return answers.page(TokenTemplates.list(
                spot.shell(),
                spot.head(),
                new TokenListView(
                        ListQuery.of(uri).over(place.rows(spot), ApiTokenPages::texts, COLUMNS),
                        spot.may(DeploymentPermission.API_TOKENS_CREATE),
                        spot.may(DeploymentPermission.API_TOKENS_UPDATE),
                        stage == FeatureStage.PUBLIC_PREVIEW)));
    }

    private static List<String> texts(TokenRow row) {
        return List.of(row.name(), row.description(), row.shortToken(), row.client(), row.createdBy());
    }

    private static SequencedMap<String, Comparator<TokenRow>> columns() {
        SequencedMap<String, Comparator<TokenRow>> columns = new LinkedHashMap<>();
        columns.put("name", Comparator.comparing((TokenRow row) -> row.name().toLowerCase(Locale.ROOT)));
        columns.put("state", Comparator.comparing(TokenRow::endsAt));
        columns.put("used", Comparator.comparing(TokenRow::usedAt, Comparator.<Instant>reverseOrder()));
        columns.put("created", Comparator.comparing(TokenRow::createdAt, Comparator.<Instant>reverseOrder()));
        return columns;
    }
}
