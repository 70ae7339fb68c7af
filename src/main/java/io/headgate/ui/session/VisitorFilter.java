package io.headgate.ui.session;

import io.headgate.config.ApiPaths;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.identity.LiveSessions;
import io.headgate.kernel.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Knows a browser by its cookie, and lets no other site act through it (item 45).
///
/// 1. On the API a cookie is not looked at.
/// 2. A page's form must come from a page of ours: the browser says so in `Origin` or `Sec-Fetch-Site`, which no script
///    can set. The token in the form is the second lock (see {@link FormReader}).
@Singleton
public final class VisitorFilter {
    private final Visitor visitor;
    private final SessionCookie cookie;
    private final LiveSessions sessions;
    private final String origin;

    VisitorFilter(Visitor visitor, SessionCookie cookie, LiveSessions sessions, DeploymentAddresses addresses) {
        this.visitor = visitor;
        this.cookie = cookie;
        this.sessions = sessions;
        URI url = addresses.controlPlane();
        this.origin = url.getScheme() + "://" + url.getAuthority();
    }

    @ServerRequestFilter(preMatching = true, priority = Priorities.AUTHENTICATION)
    public void identify(ContainerRequestContext request) {
        if (ApiPaths.contains(request.getUriInfo().getPath())) {
            return;
        }
        cookie.in(request.getCookies())
                .flatMap(secret -> isByItself(request) ? sessions.peek(secret) : sessions.find(secret))
                .ifPresent(visitor::is);
        if (request.getMethod().equals("POST") && !isFromHere(request)) {
            throw Problem.forbidden(
                            "not permitted: this form was not sent by a page of this server, which is at " + origin)
                    .asException();
        }
    }

    /// Whether an open page asks, and not a person: that keeps no session alive.
    private static boolean isByItself(ContainerRequestContext request) {
        return SessionProblems.isLive(request.getHeaderString(SessionProblems.TRIGGER))
                || MediaType.SERVER_SENT_EVENTS.equals(request.getHeaderString(HttpHeaders.ACCEPT));
    }

    /// `Origin` is what the person sees in the address bar, so behind a proxy it is the public URL; a browser that
    /// opened
    /// the same server by another name says `same-origin` all the same.
    private boolean isFromHere(ContainerRequestContext request) {
        return origin.equals(request.getHeaderString("Origin"))
                || "same-origin".equals(request.getHeaderString("Sec-Fetch-Site"));
    }
}
