package io.headgate.ui.token;

import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.Problem;
import io.headgate.token.ApiToken;
import io.headgate.token.ApiTokens;
import io.headgate.token.TokenFilter;
import io.headgate.ui.frame.DeploymentSpot;
import io.headgate.ui.frame.DeploymentSpots;
import io.headgate.web.PathIds;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/// Finds the tokens of the Deployment that a page is about, for whoever looks at it.
@Singleton
final class TokenPlace {
    static final String TAB = "api-tokens";

    private static final Problem NOT_FOUND = Problem.notFound("API token");

    private final DeploymentSpots spots;
    private final ApiTokens tokens;
    private final Clock clock;

    TokenPlace(DeploymentSpots spots, ApiTokens tokens, Clock clock) {
        this.spots = spots;
        this.tokens = tokens;
        this.clock = clock;
    }

    DeploymentSpot spot(String deploymentId, String title) {
        return spots.of(deploymentId, TAB, title);
    }

    List<TokenRow> rows(DeploymentSpot spot) {
        return tokens
                .list(
                        spot.caller(),
                        spot.organizationId(),
                        TokenFilter.of(spot.deployment().id()),
                        PageRequest.everything())
                .items()
                .stream()
                .map(token -> row(spot, token))
                .toList();
    }

    /// A token that belongs to this Deployment; one of another is not found here.
    TokenRow own(DeploymentSpot spot, String tokenId) {
        ApiToken token =
                tokens.view(spot.caller(), spot.organizationId(), PathIds.read(tokenId, ApiTokenId::new, NOT_FOUND));
        if (!token.home().equals(spot.deployment().scope())) {
            throw NOT_FOUND.asException();
        }
        return row(spot, token);
    }

    TokenRow row(DeploymentSpot spot, ApiToken token) {
        return TokenRow.of(token, token.home().equals(spot.deployment().scope()), clock.instant());
    }
}
