package io.headgate.ui.token;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.SignedInEndpoint;
import io.headgate.kernel.ApiTokenId;
import io.headgate.token.ApiTokens;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentSpot;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Identity;
import io.headgate.ui.frame.Note;
import io.headgate.ui.frame.TypedWord;
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

/// Deleting an API token: warns of pipelines that still use it, and does it when `Delete` was typed (S24–S26).
@Path("/deployments/{deploymentId}/api-tokens/{tokenId}/delete")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class DeleteApiTokenPages {
    private final TokenPlace place;
    private final Answers answers;
    private final ApiTokens tokens;
    private final Identity identity;

    DeleteApiTokenPages(TokenPlace place, Answers answers, ApiTokens tokens, Identity identity) {
        this.place = place;
        this.answers = answers;
        this.tokens = tokens;
        this.identity = identity;
    }

    @GET
    @Produces(Answers.HTML)
    public Response question(@PathParam("deploymentId") String deploymentId, @PathParam("tokenId") String tokenId) {
        DeploymentSpot spot = place.spot(deploymentId, "Delete API token");
        TokenRow token = place.own(spot, tokenId);
        spot.require(DeploymentPermission.API_TOKENS_DELETE);
        return ask(Response.Status.OK, spot, token, "", FieldErrors.none());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(Answers.HTML)
    public Response delete(
            @PathParam("deploymentId") String deploymentId, @PathParam("tokenId") String tokenId, Form form) {
        DeploymentSpot spot = place.spot(deploymentId, "Delete API token");
        TokenRow token = place.own(spot, tokenId);
        FieldErrors wrong = TypedWord.DELETE.check(form);
        FieldErrors errors = wrong.any() ? wrong : identity.check(form);
        if (errors.any()) {
            return ask(Response.Status.BAD_REQUEST, spot, token, form.text(TypedWord.FIELD), errors);
        }
        tokens.delete(spot.caller(), spot.organizationId(), new ApiTokenId(token.id()));
        return answers.goTo(spot.tab(TokenPlace.TAB), Note.TOKEN_DELETED);
    }

    private Response ask(
            Response.Status status, DeploymentSpot spot, TokenRow token, String typed, FieldErrors errors) {
        return answers.page(
                status,
                TokenTemplates.delete(
                        spot.shell(), spot.head(), new ConfirmTokenView(token, "", typed, identity.isAsked(), errors)));
    }
}
