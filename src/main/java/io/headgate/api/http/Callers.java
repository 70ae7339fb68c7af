package io.headgate.api.http;

import io.headgate.access.Caller;
import io.headgate.access.Principal;
import io.headgate.access.Subject;
import io.headgate.token.ObservedUses;
import io.headgate.web.Arrival;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/// Who asks in the request at hand; resources get it injected and never see a credential.
@RequestScoped
public class Callers {
    private final Arrival arrival;
    private Optional<Principal> principal = Optional.empty();

    Callers(Arrival arrival) {
        this.arrival = arrival;
    }

    /// The caller; on a path that nobody authenticated, whatever the reason, this is a 401 and not an anonymous caller.
    public Caller current() {
        return new Caller(
                principal.orElseThrow(() -> CredentialProblems.missing().asException()), arrival.origin());
    }

    void identified(Principal as) {
        principal = Optional.of(as);
    }

    /// Counts a request that was refused to its token; who is no token is none of ours.
    void refused(ObservedUses.Reason reason, ObservedUses observed) {
        if (principal.map(Principal::subject).orElse(null) instanceof Subject.ApiToken token) {
            observed.refused(
                    new ObservedUses.Refusal(token.apiTokenId(), reason), ObservedUses.Edge.API, arrival.origin());
        }
    }
}
