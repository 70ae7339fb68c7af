package io.headgate.api.http;

import io.headgate.access.Caller;
import io.headgate.access.Principal;
import io.headgate.access.Subject;
import io.headgate.token.ObservedUses;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/// Who asks in the request at hand; resources get it injected and never see a credential.
@RequestScoped
public class Callers {
    private Optional<Caller.Origin> origin = Optional.empty();
    private Optional<Principal> principal = Optional.empty();

    /// The caller; on a path that nobody authenticated, whatever the reason, this is a 401 and not an anonymous caller.
    public Caller current() {
        return new Caller(
                principal.orElseThrow(() -> CredentialProblems.missing().asException()), origin.orElseThrow());
    }

    void arrived(Caller.Origin from) {
        origin = Optional.of(from);
    }

    void identified(Principal as) {
        principal = Optional.of(as);
    }

    /// Counts a request that was refused to its token; who is no token is none of ours.
    void refused(ObservedUses.Reason reason, ObservedUses observed) {
        if (origin.isPresent() && principal.map(Principal::subject).orElse(null) instanceof Subject.ApiToken token) {
            observed.refused(new ObservedUses.Refusal(token.apiTokenId(), reason), ObservedUses.Edge.API, origin.get());
        }
    }

    /// The id under which this request is found in logs and in the audit log.
    String requestId() {
        return origin.map(Caller.Origin::requestId).orElse("unknown");
    }
}
