package io.headgate.api.http;

import io.headgate.config.ApiPaths;
import io.headgate.web.Arrival;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;

/// Puts on every answer the id to quote when asking for help, and on those of the API that nobody may keep them:
/// some carry a token value (item 14), all of them depend on who asks.
@Provider
@Singleton
final class ResponseHeaders implements ContainerResponseFilter {
    private static final int RETRY_AFTER_SECONDS = 5;

    private final Arrival arrival;

    ResponseHeaders(Arrival arrival) {
        this.arrival = arrival;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle("X-Request-Id", arrival.requestId());
        if (ApiPaths.contains(request.getUriInfo().getPath())) {
            headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        if (response.getStatus() == 503) {
            headers.putSingle(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
    }
}
