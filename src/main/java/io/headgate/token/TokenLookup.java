package io.headgate.token;

/// Answers, from memory and without blocking, what a presented credential is.
@FunctionalInterface
public interface TokenLookup {

    /// `presented` is the text after `Bearer `, as it came; it is hashed here and kept nowhere.
    TokenVerdict check(String presented);
}
