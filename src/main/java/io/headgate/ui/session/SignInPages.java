package io.headgate.ui.session;

import io.headgate.access.PublicEndpoint;
import io.headgate.identity.Attempt;
import io.headgate.identity.Sessions;
import io.headgate.identity.SignIn;
import io.headgate.kernel.SecretText;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Shells;
import io.headgate.web.Arrival;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;

/// Signing in and out.
@Path("/")
@PublicEndpoint("this is where people say who they are")
@RunOnVirtualThread
@Singleton
final class SignInPages {
    private final Visitor visitor;
    private final Shells shells;
    private final Answers answers;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final FormTokens tokens;
    private final Arrival arrival;

    SignInPages(
            Visitor visitor,
            Shells shells,
            Answers answers,
            Sessions sessions,
            SessionCookie cookie,
            FormTokens tokens,
            Arrival arrival) {
        this.visitor = visitor;
        this.shells = shells;
        this.answers = answers;
        this.sessions = sessions;
        this.cookie = cookie;
        this.tokens = tokens;
        this.arrival = arrival;
    }

    @GET
    @Path("sign-in")
    @Produces(Answers.HTML)
    public Response form(@QueryParam("next") String next) {
        String after = Destination.within(next);
        return visitor.session().isPresent()
                ? Response.seeOther(URI.create(after)).build()
                : page(new SignInView(after, "", List.of(), "", FieldErrors.none()), Response.Status.OK);
    }

    @POST
    @Path("sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(Answers.HTML)
    public Response signIn(OpenForm open) {
        Form form = open.form();
        String after = Destination.within(form.text("next"));
        String email = form.text("email");
        Attempt attempt = new Attempt(email, new SecretText(form.text("password")), arrival.origin());
        return switch (sessions.signIn(attempt)) {
            case SignIn.Done done -> {
                // a browser has one session: what it had before is over
                visitor.session().ifPresent(before -> sessions.signOut(before, arrival.origin()));
                yield signedIn(done, form, after);
            }
            case SignIn.Refused _ ->
                refused(
                        form,
                        FieldErrors.of("password", "E-mail or password is not right."),
                        Response.Status.FORBIDDEN);
            case SignIn.TooMany tooMany ->
                refused(form, FieldErrors.tooMany("", tooMany.until()), Response.Status.TOO_MANY_REQUESTS);
        };
    }

    @POST
    @Path("sign-out")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response signOut(Form form) {
        visitor.session().ifPresent(session -> sessions.signOut(session, arrival.origin()));
        return Response.seeOther(URI.create("/sign-in"))
                .cookie(cookie.cleared())
                .build();
    }

    /// What was typed before the session ended is offered to be sent again, by hand: another site could otherwise have
    /// prepared it.
    private Response signedIn(SignIn.Done done, Form form, String after) {
        List<Form.Field> kept = KeptForm.of(form);
        Response.ResponseBuilder answer = kept.isEmpty()
                ? Response.seeOther(URI.create(after))
                : Response.fromResponse(answers.page(SessionTemplates.resume(
                        shells.of("Go on"),
                        new ResumeView(form.text(KeptForm.ACTION), tokens.of(done.session()), kept))));
        return answer.cookie(cookie.holding(done.secret())).build();
    }

    private Response refused(Form form, FieldErrors errors, Response.Status status) {
        return page(
                new SignInView(
                        Destination.within(form.text("next")),
                        form.text(KeptForm.ACTION),
                        KeptForm.of(form),
                        form.text("email"),
                        errors),
                status);
    }

    private Response page(SignInView view, Response.Status status) {
        return answers.page(status, SessionTemplates.signIn(shells.of("Sign in"), view));
    }
}
