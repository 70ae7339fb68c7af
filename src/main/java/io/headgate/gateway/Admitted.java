package io.headgate.gateway;

import io.headgate.kernel.ApiTokenId;
import io.headgate.token.ObservedUses;
import java.util.Optional;

/// What admission decides about a request from its head alone.
sealed interface Admitted {

    /// It may be forwarded as its bytes come.
    record ToForward(Passage passage) implements Admitted {}

    /// Its body must be read and allowed first.
    record ToInspect(Passage passage, BulkRule rule) implements Admitted {}

    /// It is answered here.
    ///
    /// @param counted against a token that is known; empty if no such token is concerned
    record Refused(Refusal refusal, Optional<ObservedUses.Refusal> counted) implements Admitted {
        Refused(Refusal refusal) {
            this(refusal, Optional.empty());
        }

        Refused(Refusal refusal, ApiTokenId token, ObservedUses.Reason reason) {
            this(refusal, Optional.of(new ObservedUses.Refusal(token, reason)));
        }
    }
}
