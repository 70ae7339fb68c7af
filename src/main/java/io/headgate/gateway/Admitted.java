package io.headgate.gateway;

/// What admission decides about a request from its head alone.
sealed interface Admitted {

    /// It may be forwarded as its bytes come.
    record ToForward(Passage passage) implements Admitted {}

    /// Its body must be read and allowed first.
    record ToInspect(Passage passage, BulkRule rule) implements Admitted {}

    /// It is answered here.
    record Refused(Refusal refusal) implements Admitted {}
}
