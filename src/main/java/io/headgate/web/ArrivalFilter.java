package io.headgate.web;

import io.headgate.access.Caller;
import io.headgate.config.TrustedProxies;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Gives every request an id, an address and a self-description, before anybody asks who it is.
@Singleton
public final class ArrivalFilter {
    private static final int BEFORE_AUTHENTICATION = Priorities.AUTHENTICATION - 500;

    private final Arrival arrival;
    private final RequestIds requestIds;
    private final ClientAddress clientAddress;

    ArrivalFilter(Arrival arrival, RequestIds requestIds, TrustedProxies trustedProxies) {
        this.arrival = arrival;
        this.requestIds = requestIds;
        this.clientAddress = new ClientAddress(trustedProxies.addresses());
    }

    @ServerRequestFilter(preMatching = true, priority = BEFORE_AUTHENTICATION)
    public void arrived(ContainerRequestContext request, HttpServerRequest connection) {
        String peer = Optional.ofNullable(connection.remoteAddress())
                .map(SocketAddress::hostAddress)
                .orElse("unknown");
        arrival.from(new Caller.Origin(
                requestIds.next(),
                clientAddress.of(peer, header(request, "X-Forwarded-For")),
                SelfDescription.userAgent(header(request, HttpHeaders.USER_AGENT)),
                SelfDescription.client(name -> header(request, name)),
                request.getMethod(),
                SelfDescription.path(request.getUriInfo().getPath())));
    }

    private static List<String> header(ContainerRequestContext request, String name) {
        return Optional.ofNullable(request.getHeaders().get(name)).orElse(List.of());
    }
}
