package io.headgate.gateway;

import io.headgate.access.Subject;
import io.headgate.kernel.ApiTokenId;
import io.headgate.token.ObservedUses;
import java.util.Optional;

/// What admission decides about a request from its head alone.
sealed interface Admitted {

    /// It may be forwarded as its bytes come.
    record ToForward(Passage passage) implements Admitted {}

    /// Its body must be read and allowed first.
    record ToInspect(Passage passage, BulkRule rule) implements Admitted {}

    /// The browser that sent it is led elsewhere.
    record Led(Lead lead) implements Admitted {}

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

        /// Counted if it is a token that asks; people's uses are not.
        Refused(Refusal refusal, Subject subject, ObservedUses.Reason reason) {
            this(refusal, counted(subject, reason));
        }

        static Optional<ObservedUses.Refusal> counted(Subject subject, ObservedUses.Reason reason) {
            return switch (subject) {
                case Subject.ApiToken token -> Optional.of(new ObservedUses.Refusal(token.apiTokenId(), reason));
                case Subject.User _, Subject.LocalAdministrator _ -> Optional.empty();
            };
        }
    }
}
