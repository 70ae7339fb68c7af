package io.headgate.ui.session;

import io.headgate.access.PublicEndpoint;
import io.headgate.identity.Attempt;
import io.headgate.identity.FirstSignIn;
import io.headgate.identity.SignIn;
import io.headgate.kernel.ProblemException;
import io.headgate.kernel.SecretText;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Moment;
import io.headgate.ui.frame.Shells;
import io.headgate.web.Arrival;
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
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// The page behind the one-time link that the first start prints: the owner chooses e-mail and password.
@Path("/first-sign-in/{code}")
@PublicEndpoint("whoever has the link is the owner; without it there is nothing to see")
@RunOnVirtualThread
@Singleton
final class FirstSignInPages {
    private static final Map<String, String> LABELS = Map.of("email", "E-mail", "password", "Password");

    private final Shells shells;
    private final Answers answers;
    private final FirstSignIn firstSignIn;
    private final SessionCookie cookie;
    private final Arrival arrival;
    private final Clock clock;

    FirstSignInPages(
            Shells shells,
            Answers answers,
            FirstSignIn firstSignIn,
            SessionCookie cookie,
            Arrival arrival,
            Clock clock) {
        this.shells = shells;
        this.answers = answers;
        this.firstSignIn = firstSignIn;
        this.cookie = cookie;
        this.arrival = arrival;
        this.clock = clock;
    }

    @GET
    @Produces(Answers.HTML)
    public Response form(@PathParam("code") String code) {
        return firstSignIn
                .find(new SecretText(code))
                .map(link -> page(code, link, suggested(link), FieldErrors.none(), Response.Status.OK))
                .orElseGet(this::gone);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(Answers.HTML)
    public Response claim(@PathParam("code") String code, OpenForm open) {
        Form form = open.form();
        SecretText secret = new SecretText(code);
        Optional<FirstSignIn.Link> link = firstSignIn.find(secret);
        Attempt chosen = new Attempt(form.text("email"), new SecretText(form.text("password")), arrival.origin());
        try {
            return link.flatMap(_ -> firstSignIn.claim(secret, chosen))
                    .map(this::signedIn)
                    .orElseGet(this::gone);
        } catch (ProblemException e) {
            return page(
                    code,
                    link.orElseThrow(),
                    chosen.email(),
                    FieldErrors.of(e.problem(), LABELS),
                    Response.Status.BAD_REQUEST);
        }
    }

    private Response signedIn(SignIn.Done done) {
        return Response.seeOther(URI.create("/"))
                .cookie(cookie.holding(done.secret()))
                .build();
    }

    /// An address that nobody typed is no suggestion.
    private static String suggested(FirstSignIn.Link link) {
        String email = link.owner().email();
        return email.endsWith("@localhost") ? "" : email;
    }

    private Response page(
            String code, FirstSignIn.Link link, String email, FieldErrors errors, Response.Status status) {
        return answers.page(
                status,
                SessionTemplates.firstSignIn(
                        shells.of("Welcome"),
                        new FirstSignInView(code, email, Moment.of(link.until(), clock.instant()), errors)));
    }

    private Response gone() {
        return answers.page(Response.Status.GONE, SessionTemplates.linkGone(shells.of("This link has ended")));
    }
}
