package io.headgate.identity;

import io.headgate.kernel.SessionId;
import java.util.Optional;

/// Answers whether a session goes on, from memory; it is asked on every request of a browser.
@FunctionalInterface
public interface SessionLookup {

    /// The session with an id, if it goes on; counts as a use of it.
    Optional<Session> find(SessionId id);
}
