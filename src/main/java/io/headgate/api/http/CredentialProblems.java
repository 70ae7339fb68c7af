package io.headgate.api.http;

import io.headgate.kernel.Problem;
import io.headgate.token.RequestLimits;
import java.time.Instant;
import java.util.List;

/// The ways in which a credential is refused; strangers learn nothing from them (T19, item 40).
final class CredentialProblems {
    private CredentialProblems() {}

    static Problem missing() {
        return new Problem(
                401,
                "credential.missing",
                "credential missing: send the header Authorization: Bearer <API token>",
                List.of());
    }

    static Problem refused() {
        return Problem.unauthenticated("API token refused: it is not valid here (unknown, rotated or deleted)");
    }

    /// Only for whoever presented the right value.
    static Problem expired(Instant endedAt) {
        return Problem.unauthenticated("API token expired on " + endedAt + "; rotate it to get a new value");
    }

    static Problem several() {
        return Problem.badRequest(
                "credential.several", "more than one credential: send exactly one Authorization header with one token");
    }

    static Problem exposed(String where) {
        return Problem.badRequest(
                "credential.exposed",
                "credential in the " + where + ": send it in the Authorization header only, and rotate it, because "
                        + where + " text is logged on its way");
    }

    static Problem tooManyRequests(String method, RequestLimits.Excess excess) {
        return Problem.tooMany(
                "rate.token",
                "too many " + method + " requests with this API token: at most " + excess.perSecond()
                        + " a second; wait " + excess.retryAfterSeconds() + " s",
                excess.retryAfterSeconds());
    }

    /// For credentials that are refused; a good one is let in from the same address.
    static Problem tooManyFailures(RequestLimits.Excess excess) {
        return Problem.tooMany(
                "rate.failures",
                "too many refused credentials from this address, and this one is refused too: at most "
                        + excess.perSecond() + " a second; wait " + excess.retryAfterSeconds() + " s",
                excess.retryAfterSeconds());
    }

    static Problem unavailable() {
        return Problem.unavailable("credential.unchecked", "API tokens cannot be checked at the moment; try again");
    }
}
