package io.headgate.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.kernel.Problem;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/// The one shape of every failure: what the command line prints is `message`; `title` and `detail` serve RFC 9457.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemWire(
        String message,
        String requestId,
        int statusCode,
        String code,
        String title,
        String detail,
        List<Problem.FieldError> fieldErrors) {

    static ProblemWire of(Problem problem, String requestId) {
        return new ProblemWire(
                problem.message(),
                requestId,
                problem.status(),
                problem.code(),
                Optional.ofNullable(Response.Status.fromStatusCode(problem.status()))
                        .map(Response.Status::getReasonPhrase)
                        .orElse("Error"),
                problem.message(),
                problem.fieldErrors());
    }
}
