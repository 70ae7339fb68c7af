package io.headgate.web;

import io.headgate.access.Caller;
import io.headgate.kernel.Problem;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/// The request at hand: where it came from and, once it has failed, how.
@RequestScoped
public class Arrival {
    private Optional<Caller.Origin> origin = Optional.empty();
    private Optional<Problem> problem = Optional.empty();

    /// From where it came; there is no request without.
    public Caller.Origin origin() {
        return origin.orElseThrow();
    }

    /// The id under which this request is found in logs and in the audit log.
    public String requestId() {
        return origin.map(Caller.Origin::requestId).orElse("unknown");
    }

    /// What it is answered with, if it failed; for pages that say it in their own form.
    public Optional<Problem> problem() {
        return problem;
    }

    /// Remembers how the request failed.
    public void failed(Problem with) {
        problem = Optional.of(with);
    }

    void from(Caller.Origin source) {
        origin = Optional.of(source);
    }
}
