package io.headgate.api.http;

import io.headgate.kernel.Problem;
import io.headgate.kernel.ProblemException;
import io.headgate.web.Arrival;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import org.jboss.logging.Logger;

/// The one way to fail over HTTP: every exception becomes the contract's envelope with a request id.
@Provider
@Singleton
final class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final int SERVER_ERRORS = 500;

    private final Arrival arrival;

    ProblemMapper(Arrival arrival) {
        this.arrival = arrival;
    }

    @Override
    public Response toResponse(Throwable failure) {
        return switch (failure) {
            case ProblemException known -> answer(known.problem()).build();
            case WebApplicationException web when web.getResponse().getStatus() < SERVER_ERRORS -> ofFramework(web);
            default -> {
                LOG.errorf(failure, "request %s failed", arrival.requestId());
                yield answer(new Problem(
                                SERVER_ERRORS,
                                "internal",
                                "internal error; quote request id " + arrival.requestId() + " to whoever runs this"
                                        + " installation",
                                List.of()))
                        .build();
            }
        };
    }

    private Response ofFramework(WebApplicationException web) {
        int status = web.getResponse().getStatus();
        if (status < Response.Status.BAD_REQUEST.getStatusCode()) {
            return web.getResponse();
        }
        Response.ResponseBuilder answer = answer(new Problem(status, "http." + status, sentence(status), List.of()));
        Object allow = web.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
        return (allow == null ? answer : answer.header(HttpHeaders.ALLOW, allow)).build();
    }

    private Response.ResponseBuilder answer(Problem problem) {
        arrival.failed(problem);
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type(PROBLEM_JSON)
                .entity(ProblemWire.of(problem, arrival.requestId()));
        return switch (problem.status()) {
            case 401 -> answer.header(HttpHeaders.WWW_AUTHENTICATE, challenge(problem));
            case 403 -> answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
            // the rest of such a body is not waited for
            case 408, 413 -> answer.header("Connection", "close");
            case 429 -> answer.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
            default -> answer;
        };
    }

    /// RFC 6750 §3: no error code when no credential was sent at all.
    private static String challenge(Problem problem) {
        return problem.equals(CredentialProblems.missing()) ? "Bearer" : "Bearer error=\"invalid_token\"";
    }

    private static String sentence(int status) {
        return switch (status) {
            case 400 -> "request malformed: a header or the path cannot be read";
            case 404 ->
                "no such operation: the path does not exist or does not take this method; GET /spec/v1.0 lists"
                        + " what is offered";
            case 405 -> "method not allowed on this path";
            case 406 -> "Accept cannot be satisfied: the API answers application/json";
            case 413 -> "body too large";
            case 415 -> "Content-Type must be application/json";
            default -> "request refused with status " + status;
        };
    }
}
