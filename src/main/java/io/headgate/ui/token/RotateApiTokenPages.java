package io.headgate.ui.token;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.SignedInEndpoint;
import io.headgate.identity.SpentForms;
import io.headgate.kernel.ApiTokenId;
import io.headgate.token.ApiTokens;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentSpot;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Identity;
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

/// Rotating an API token: asks once, says what stops, shows the new value once (S28–S33).
@Path("/deployments/{deploymentId}/api-tokens/{tokenId}/rotate")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class RotateApiTokenPages {
    private final TokenPlace place;
    private final Answers answers;
    private final ApiTokens tokens;
    private final SpentForms spentForms;
    private final Identity identity;
    private final Tickets tickets;

    RotateApiTokenPages(
            TokenPlace place,
            Answers answers,
            ApiTokens tokens,
            SpentForms spentForms,
            Identity identity,
            Tickets tickets) {
        this.place = place;
        this.answers = answers;
        this.tokens = tokens;
        this.spentForms = spentForms;
        this.identity = identity;
        this.tickets = tickets;
    }

    @GET
    @Produces(Answers.HTML)
    public Response question(@PathParam("deploymentId") String deploymentId, @PathParam("tokenId") String tokenId) {
        DeploymentSpot spot = place.spot(deploymentId, "Rotate API token");
        TokenRow token = place.own(spot, tokenId);
        spot.require(DeploymentPermission.API_TOKENS_ROTATE);
        return ask(Response.Status.OK, spot, token, FieldErrors.none());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(Answers.HTML)
    public Response rotate(
            @PathParam("deploymentId") String deploymentId, @PathParam("tokenId") String tokenId, Form form) {
        DeploymentSpot spot = place.spot(deploymentId, "Rotate API token");
        TokenRow token = place.own(spot, tokenId);
        spot.require(DeploymentPermission.API_TOKENS_ROTATE);
        FieldErrors proof = identity.check(form);
        if (proof.any()) {
            return ask(Response.Status.BAD_REQUEST, spot, token, proof);
        }
        if (!form.nonce().map(spentForms::spend).orElse(false)) {
            return answers.page(Response.Status.CONFLICT, TokenTemplates.sentBefore(spot.shell(), spot.head()));
        }
        return tickets.show(
                spot, tokens.rotate(spot.caller(), spot.organizationId(), new ApiTokenId(token.id())), true);
    }

    private Response ask(Response.Status status, DeploymentSpot spot, TokenRow token, FieldErrors errors) {
        return answers.page(
                status,
                TokenTemplates.rotate(
                        spot.shell(),
                        spot.head(),
                        new ConfirmTokenView(token, spentForms.nonce(), "", identity.isAsked(), errors)));
    }
}
