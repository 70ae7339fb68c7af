package io.headgate.identity;

import io.headgate.kernel.SecretText;
import java.time.Duration;

/// What came of an attempt to sign in.
public sealed interface SignIn {

    /// @param secret what the browser presents from now on; leaves the process in this one answer
    record Done(SecretText secret, Session session) implements SignIn {}

    /// Wrong password, no such person, or a person without a password: nobody is told which.
    record Refused() implements SignIn {}

    /// Too many attempts from this source.
    record TooMany(Duration until) implements SignIn {}
}
