package io.headgate.token;

import io.headgate.kernel.Problem;

/// The named failures of this feature.
final class TokenProblems {
    private TokenProblems() {}

    static Problem notFound() {
        return Problem.notFound("API token");
    }
}
