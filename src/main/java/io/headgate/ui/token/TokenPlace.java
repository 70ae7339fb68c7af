package io.headgate.ui.token;

import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.Problem;
import io.headgate.token.ApiToken;
import io.headgate.token.ApiTokens;
import io.headgate.token.TokenFilter;
import io.headgate.ui.frame.DeploymentHead;
import io.headgate.ui.frame.DeploymentHeads;
import io.headgate.ui.frame.Shell;
import io.headgate.ui.frame.Shells;
import io.headgate.ui.session.Visitor;
import io.headgate.web.PathIds;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/// Finds the tokens of the Deployment that a page is about, for whoever looks at it.
@Singleton
final class TokenPlace {
    private static final Problem NOT_FOUND = Problem.notFound("API token");

    private final Visitor visitor;
    private final DeploymentHeads heads;
    private final Shells shells;
    private final ApiTokens tokens;
    private final Clock clock;

    TokenPlace(Visitor visitor, DeploymentHeads heads, Shells shells, ApiTokens tokens, Clock clock) {
        this.visitor = visitor;
        this.heads = heads;
        this.shells = shells;
        this.tokens = tokens;
        this.clock = clock;
    }

    /// Where a page is, with what stands around it.
    record Spot(Deployment deployment, Caller caller, Shell shell, DeploymentHead head) {
        OrganizationId organizationId() {
            return deployment.scope().organizationId();
        }

        boolean may(DeploymentPermission permission) {
            return caller.may(permission, deployment.scope());
        }

        String list() {
            return head.base() + "/api-tokens";
        }
    }

    Spot spot(String deploymentId, String title) {
        Deployment deployment = heads.find(deploymentId);
        return new Spot(
                deployment,
                visitor.caller(),
                shells.of(title + " · " + deployment.name(), deployment.scope().workspaceId()),
                heads.of(deployment, "api-tokens"));
    }

    List<TokenRow> rows(Spot spot) {
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
    TokenRow own(Spot spot, String tokenId) {
        ApiToken token =
                tokens.view(spot.caller(), spot.organizationId(), PathIds.read(tokenId, ApiTokenId::new, NOT_FOUND));
        if (!token.home().equals(spot.deployment().scope())) {
            throw NOT_FOUND.asException();
        }
        return row(spot, token);
    }

    TokenRow row(Spot spot, ApiToken token) {
        return TokenRow.of(token, token.home().equals(spot.deployment().scope()), clock.instant());
    }

    /// Goes on if the visitor may do this here; otherwise the 403 names the right.
    void require(Spot spot, DeploymentPermission permission) {
        spot.caller().require(permission, spot.deployment().scope(), Deployments.notFound());
    }
}
