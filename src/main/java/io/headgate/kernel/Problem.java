package io.headgate.kernel;

import java.util.List;

/// A failure that a caller is told about: HTTP status, stable code, the sentence for people, and the fields at fault.
///
/// The phrase that names the error comes first in `message`: command line clients print nothing else.
///
/// @param retryAfterSeconds when asking again may succeed; 0 if nothing is known about that
public record Problem(int status, String code, String message, List<FieldError> fieldErrors, long retryAfterSeconds) {

    /// The code of the 404 of an object; a path that leads nowhere has another one.
    public static final String NOT_FOUND = "not-found";

    public Problem {
        fieldErrors = List.copyOf(fieldErrors);
    }

    public Problem(int status, String code, String message, List<FieldError> fieldErrors) {
        this(status, code, message, fieldErrors, 0);
    }

    /// One member of a request that is wrong; `field` is the name on the wire, `code` a machine reason such as `max`.
    public record FieldError(String field, String code, String message) {}

    public static Problem badRequest(String code, String message) {
        return new Problem(400, code, message, List.of());
    }

    /// A 400 about fields; its message is theirs, joined, because that is all that most clients show.
    public static Problem invalidFields(List<FieldError> errors) {
        String message =
                String.join("; ", errors.stream().map(FieldError::message).toList());
        return new Problem(400, "request.invalid", message, errors);
    }

    public static Problem invalidField(String field, String code, String message) {
        return invalidFields(List.of(new FieldError(field, code, message)));
    }

    /// 401. The message must not tell a stranger whether the credential ever existed.
    public static Problem unauthenticated(String message) {
        return new Problem(401, "credential.refused", message, List.of());
    }

    /// 403: the caller may see the object but not do this to it; names the missing right (RFC 6750
    /// `insufficient_scope`).
    public static Problem forbidden(String message) {
        return new Problem(403, "access.denied", message, List.of());
    }

    /// 404: missing, foreign and invisible are one and the same answer.
    public static Problem notFound(String noun) {
        return new Problem(404, NOT_FOUND, noun + " not found", List.of());
    }

    public static Problem conflict(String code, String message) {
        return new Problem(409, code, message, List.of());
    }

    /// 503: nothing is wrong with the request; trying again later may succeed.
    public static Problem unavailable(String code, String message) {
        return new Problem(503, code, message, List.of());
    }

    /// 429: as many of these were asked for as are allowed (RFC 6585 §4).
    public static Problem tooMany(String code, String message, long retryAfterSeconds) {
        return new Problem(429, code, message, List.of(), retryAfterSeconds);
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }
}
