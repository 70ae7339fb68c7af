package io.headgate.identity;

import java.time.Duration;

/// What came of asking a person who is signed in for their password again.
public sealed interface Proof {

    /// It is theirs; nothing asks for it again for a while.
    record Given() implements Proof {}

    record Refused() implements Proof {}

    /// Too many attempts from this source.
    record TooMany(Duration until) implements Proof {}
}
