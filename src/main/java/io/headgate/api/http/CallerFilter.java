package io.headgate.api.http;

import io.headgate.access.Caller;
import io.headgate.config.ApiPaths;
import io.headgate.token.ObservedUses;
import io.headgate.token.RequestLimits;
import io.headgate.token.TokenLookup;
import io.headgate.web.Arrival;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Learns who asks, before the path is matched: a refused token gets 401 on every path of the API, also on those that
/// do not exist, because the stock command line asks for `/v1/organizations//…` when its token was refused.
///
/// 1. A credential in a URL is refused everywhere, also on public paths.
/// 2. Below the API's prefixes exactly one good Bearer token goes on. A token is looked up in memory: nothing blocks.
///    A cookie is never looked at there (item 45).
@Singleton
public final class CallerFilter {
    private static final Logger LOG = Logger.getLogger(CallerFilter.class);
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Callers callers;
    private final Arrival arrival;
    private final Authentication authentication;

    CallerFilter(Callers callers, Arrival arrival, TokenLookup tokens, ObservedUses observed, RequestLimits limits) {
        this.callers = callers;
        this.arrival = arrival;
        this.authentication = new Authentication(tokens, observed, limits);
    }

    @ServerRequestFilter(preMatching = true, priority = Priorities.AUTHENTICATION)
    public void identify(ContainerRequestContext request) {
        Caller.Origin origin = arrival.origin();
        PresentedCredential presented = PresentedCredential.of(
                header(request, HttpHeaders.AUTHORIZATION), request.getUriInfo().getQueryParameters());
        if (presented instanceof PresentedCredential.InQuery) {
            LOG.warnf(
                    "a credential arrived in a URL from %s (request %s): treat it as exposed",
                    origin.address(), origin.requestId());
            throw CredentialProblems.exposed("URL").asException();
        }
        if (ApiPaths.contains(request.getUriInfo().getPath())) {
            callers.identified(authentication.principal(presented, isForm(request), origin));
        }
    }

    private static boolean isForm(ContainerRequestContext request) {
        return header(request, HttpHeaders.CONTENT_TYPE).stream()
                .anyMatch(type -> type.regionMatches(true, 0, FORM, 0, FORM.length()));
    }

    private static List<String> header(ContainerRequestContext request, String name) {
        return Optional.ofNullable(request.getHeaders().get(name)).orElse(List.of());
    }
}
