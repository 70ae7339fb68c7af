package io.headgate.ui.token;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.SignedInEndpoint;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.ProblemException;
import io.headgate.token.ApiTokens;
import io.headgate.token.NewApiToken;
import io.headgate.token.TokenNaming;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentSpot;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Note;
import io.headgate.ui.session.Form;
import io.headgate.web.Members;
import io.headgate.web.TextRule;
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
import java.util.Optional;

/// The panel of one API token: its name and description, and the ways to rotate and delete it (S21–S23).
@Path("/deployments/{deploymentId}/api-tokens/{tokenId}")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class EditApiTokenPages {
    private static final Map<String, String> LABELS = Map.of("name", "Name", "description", "Description");

    private final TokenPlace place;
    private final Answers answers;
    private final ApiTokens tokens;

    EditApiTokenPages(TokenPlace place, Answers answers, ApiTokens tokens) {
        this.place = place;
        this.answers = answers;
        this.tokens = tokens;
    }

    @GET
    @Produces(Answers.HTML)
    public Response form(@PathParam("deploymentId") String deploymentId, @PathParam("tokenId") String tokenId) {
        DeploymentSpot spot = place.spot(deploymentId, "Edit API token");
        TokenRow token = place.own(spot, tokenId);
        spot.require(DeploymentPermission.API_TOKENS_UPDATE);
        return answers.page(TokenTemplates.edit(
                spot.shell(), spot.head(), view(spot, token, token.name(), token.description(), FieldErrors.none())));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(Answers.HTML)
    public Response save(
            @PathParam("deploymentId") String deploymentId, @PathParam("tokenId") String tokenId, Form form) {
        DeploymentSpot spot = place.spot(deploymentId, "Edit API token");
        TokenRow token = place.own(spot, tokenId);
        try {
            tokens.update(spot.caller(), spot.organizationId(), new ApiTokenId(token.id()), naming(form));
            return answers.goTo(spot.tab(TokenPlace.TAB), Note.TOKEN_SAVED);
        } catch (ProblemException e) {
            if (e.problem().status() != Response.Status.BAD_REQUEST.getStatusCode()) {
                throw e;
            }
            return answers.page(
                    Response.Status.BAD_REQUEST,
                    TokenTemplates.edit(
                            spot.shell(),
                            spot.head(),
                            view(
                                    spot,
                                    token,
                                    form.text("name"),
                                    form.text("description"),
                                    FieldErrors.of(e.problem(), LABELS))));
        }
    }

    private static TokenNaming naming(Form form) {
        Members members = form.members("name", "description");
        Optional<String> name = members.require("name", TextRule.line(1, NewApiToken.NAME_MAX));
        Optional<String> description = members.read("description", TextRule.lines(NewApiToken.DESCRIPTION_MAX));
        members.throwIfWrong();
        return new TokenNaming(name.orElseThrow(), Optional.of(description.orElse("")));
    }

    private static EditTokenView view(
            DeploymentSpot spot, TokenRow token, String name, String description, FieldErrors errors) {
        return new EditTokenView(
                token,
                name,
                description,
                spot.may(DeploymentPermission.API_TOKENS_ROTATE),
                spot.may(DeploymentPermission.API_TOKENS_DELETE),
                errors);
    }
}
