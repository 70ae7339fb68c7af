package io.headgate.api.http;

import io.headgate.kernel.Problem;
import io.headgate.token.ObservedUses;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/// Sees every 403, and every 404 of an object, on its way out and counts it against the token that asked (U8).
///
/// A path that leads nowhere is no refusal: the object's own 404 is known by its code.
@Provider
@Singleton
final class DeniedUses implements ContainerResponseFilter {
    private final Callers callers;
    private final ObservedUses observed;

    DeniedUses(Callers callers, ObservedUses observed) {
        this.callers = callers;
        this.observed = observed;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() == Response.Status.FORBIDDEN.getStatusCode()) {
            callers.refused(ObservedUses.Reason.NOT_PERMITTED, observed);
        } else if (response.getEntity() instanceof ProblemWire problem
                && problem.code().equals(Problem.NOT_FOUND)) {
            callers.refused(ObservedUses.Reason.NOT_VISIBLE, observed);
        }
    }
}
