package io.headgate.api.http;

import io.headgate.kernel.Problem;
import io.headgate.web.RequestIds;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Refuses, before anything else looks at it, a message whose end or whose host a server in front could see elsewhere
/// (RFC 9112 §3.2, §6.3), and closes its connection.
///
/// The HTTP server has already refused what is plainly broken. It forgives the rest: a transfer coding that it does
/// not know counts as no body, and what follows would be the next request, written by whoever wrote this one.
@Singleton
final class UnclearMessages {
    /// Higher is earlier; those of the framework are below 1000.
    private static final int FIRST = 10_000;

    private final RequestIds requestIds;

    UnclearMessages(RequestIds requestIds) {
        this.requestIds = requestIds;
    }

    void install(@Observes Filters filters) {
        filters.register(this::look, FIRST);
    }

    private void look(RoutingContext context) {
        Optional<String> objection = objection(context.request());
        if (objection.isEmpty()) {
            context.next();
        } else {
            refuse(context, objection.get());
        }
    }

    private static Optional<String> objection(HttpServerRequest request) {
        MultiMap headers = request.headers();
        List<String> codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        if (codings.size() > 1 || codings.stream().anyMatch(coding -> !coding.equalsIgnoreCase("chunked"))) {
            return Optional.of("the only transfer coding is chunked, once");
        }
        if (headers.getAll(HttpHeaders.CONTENT_LENGTH).size() > 1) {
            return Optional.of("the length of the body is given twice");
        }
        // A draft of WebSocket had a body of eight bytes that no header announces, and the HTTP server still reads it.
        if (headers.contains("Sec-WebSocket-Key1")) {
            return Optional.of("no other protocol is spoken here");
        }
        if (headers.contains("")) {
            return Optional.of("a header without a name");
        }
        return headers.getAll(HttpHeaders.HOST).size() > 1
                ? Optional.of("more than one Host")
                : Optional.empty(); // the server has refused none
    }

    private void refuse(RoutingContext context, String because) {
        Problem problem = Problem.badRequest("request.malformed", "request malformed: " + because);
        HttpServerRequest request = context.request();
        String requestId = requestIds.next();
        var _ = request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Request-Id", requestId)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(JsonObject.mapFrom(ProblemWire.of(problem, requestId)).encode());
        // now, and not when the answer is written: whatever stands behind this message is no request any more
        var _ = request.connection().close();
    }
}
