package io.headgate.access;

/// What the policy answers.
public sealed interface Decision {
    /// Go on.
    record Allowed() implements Decision {}

    /// The object may be seen, this may not be done to it: 403, naming the missing right.
    record Denied(Permission missing) implements Decision {}

    /// The object may not even be seen: the same 404 as for one that does not exist.
    record Hidden() implements Decision {}
}
