package io.headgate.identity;

import io.headgate.access.Caller;
import io.headgate.kernel.SecretText;

/// Somebody who says who they are, and proves it with a password.
public record Attempt(String email, SecretText password, Caller.Origin origin) {}
