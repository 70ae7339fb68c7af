package io.headgate.ui.session;

import io.headgate.identity.Session;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Shells;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// What becomes of a request that comes too late for its session: a page is asked for again after sign-in, and a form
/// is kept, so that nothing typed is lost.
@Singleton
final class SessionProblems {
    static final String TRIGGER = "HX-Trigger";

    private static final String HTMX = "HX-Request";

    /// Starts the id of parts of a page that ask for themselves again and again.
    private static final String LIVE = "live-";

    private final Visitor visitor;
    private final Shells shells;
    private final Answers answers;
    private final FormTokens tokens;

    SessionProblems(Visitor visitor, Shells shells, Answers answers, FormTokens tokens) {
        this.visitor = visitor;
        this.shells = shells;
        this.answers = answers;
        this.tokens = tokens;
    }

    @ServerExceptionMapper
    Response signInNeeded(SignInNeeded ignored, UriInfo uri, HttpHeaders headers) {
        List<Form.Field> kept = visitor.form().map(Form::kept).orElse(List.of());
        if (!kept.isEmpty()) {
            return answers.page(
                    Response.Status.UNAUTHORIZED,
                    SessionTemplates.signIn(
                            shells.of("Sign in"),
                            new SignInView("/", uri.getRequestUri().getRawPath(), kept, "", FieldErrors.none())));
        }
        if (isLive(headers.getHeaderString(TRIGGER))) {
            // somebody may be typing on that page; they are told, and not led away
            return Response.noContent().header(TRIGGER, "signed-out").build();
        }
        String here = headers.getHeaderString(HTMX) == null
                ? path(uri.getRequestUri())
                : path(URI.create(String.valueOf(headers.getHeaderString("HX-Current-URL"))));
        String signIn = "/sign-in?next=" + URLEncoder.encode(here, StandardCharsets.UTF_8);
        return headers.getHeaderString(HTMX) == null
                ? Response.seeOther(URI.create(signIn)).build()
                : Response.noContent().header("HX-Redirect", signIn).build();
    }

    @ServerExceptionMapper
    Response formOutOfDate(FormOutOfDate ignored, UriInfo uri) {
        Session session = visitor.signedIn();
        return answers.page(
                Response.Status.CONFLICT,
                SessionTemplates.resume(
                        shells.of("Go on"),
                        new ResumeView(
                                uri.getRequestUri().getRawPath(),
                                tokens.of(session),
                                visitor.form().map(Form::kept).orElse(List.of()))));
    }

    /// @param trigger the id of the part of a page that asks
    static boolean isLive(@Nullable String trigger) {
        return trigger != null && trigger.startsWith(LIVE);
    }

    private static String path(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }
}
