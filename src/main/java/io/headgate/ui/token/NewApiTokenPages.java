package io.headgate.ui.token;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.SignedInEndpoint;
import io.headgate.identity.SpentForms;
import io.headgate.kernel.ProblemException;
import io.headgate.token.ApiTokens;
import io.headgate.token.NewApiToken;
import io.headgate.token.Validity;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentSpot;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Identity;
import io.headgate.ui.frame.Moment;
import io.headgate.ui.session.Form;
import io.headgate.web.MemberRule;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The form that makes an API token, and the one showing of its value (S16–S20).
@Path("/deployments/{deploymentId}/api-tokens/new")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class NewApiTokenPages {
    private static final int DAYS_PRESELECTED = 90;
    private static final Map<String, String> LABELS =
            Map.of("name", "Name", "description", "Description", "days", "Expiration");

    private final TokenPlace place;
    private final Answers answers;
    private final ApiTokens tokens;
    private final SpentForms spentForms;
    private final Identity identity;
    private final Tickets tickets;
    private final Clock clock;

    NewApiTokenPages(
            TokenPlace place,
            Answers answers,
            ApiTokens tokens,
            SpentForms spentForms,
            Identity identity,
            Tickets tickets,
            Clock clock) {
        this.place = place;
        this.answers = answers;
        this.tokens = tokens;
        this.spentForms = spentForms;
        this.identity = identity;
        this.tickets = tickets;
        this.clock = clock;
    }

    @GET
    @Produces(Answers.HTML)
    public Response form(@PathParam("deploymentId") String deploymentId) {
        DeploymentSpot spot = spot(deploymentId);
        return answers.page(TokenTemplates.create(
                spot.shell(),
                spot.head(),
                view("", "", Integer.toString(DAYS_PRESELECTED), false, FieldErrors.none())));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(Answers.HTML)
    public Response create(@PathParam("deploymentId") String deploymentId, Form form) {
        DeploymentSpot spot = spot(deploymentId);
        try {
            NewApiToken.Terms terms = terms(form);
            FieldErrors proof = identity.check(form);
            if (proof.any()) {
                return again(spot, form, proof);
            }
            if (!form.nonce().map(spentForms::spend).orElse(false)) {
                return answers.page(Response.Status.CONFLICT, TokenTemplates.sentBefore(spot.shell(), spot.head()));
            }
            return tickets.show(
                    spot,
                    tokens.create(
                            spot.caller(),
                            spot.organizationId(),
                            new NewApiToken.ForDeployment(spot.deployment().id(), terms)),
                    false);
        } catch (ProblemException e) {
            if (e.problem().status() != Response.Status.BAD_REQUEST.getStatusCode()) {
                throw e;
            }
            return again(spot, form, FieldErrors.of(e.problem(), LABELS));
        }
    }

    private DeploymentSpot spot(String deploymentId) {
        DeploymentSpot spot = place.spot(deploymentId, "New API token");
        spot.require(DeploymentPermission.API_TOKENS_CREATE);
        return spot;
    }

    private static NewApiToken.Terms terms(Form form) {
        Members members = form.members("name", "description", "days");
        Optional<String> name = members.require("name", TextRule.line(1, NewApiToken.NAME_MAX));
        Optional<String> description = members.read("description", TextRule.lines(NewApiToken.DESCRIPTION_MAX));
        Optional<Integer> days = form.has("never")
                ? Optional.empty()
                : members.require("days", MemberRule.typedInteger(Validity.PERIOD_MIN_DAYS, Validity.PERIOD_MAX_DAYS));
        members.throwIfWrong();
        return new NewApiToken.Terms(
                name.orElseThrow(),
                description.orElse(""),
                days.map(OptionalInt::of).orElse(OptionalInt.empty()));
    }

    private Response again(DeploymentSpot spot, Form form, FieldErrors errors) {
        return answers.page(
                Response.Status.BAD_REQUEST,
                TokenTemplates.create(
                        spot.shell(),
                        spot.head(),
                        view(
                                form.text("name"),
                                form.text("description"),
                                form.text("days"),
                                form.has("never"),
                                errors)));
    }

    private NewTokenView view(String name, String description, String days, boolean never, FieldErrors errors) {
        Instant now = clock.instant();
        return new NewTokenView(
                spentForms.nonce(),
                name,
                description,
                days,
                never,
                Moment.of(now.plus(Duration.ofDays(DAYS_PRESELECTED)), now).date(),
                identity.isAsked(),
                errors);
    }
}
