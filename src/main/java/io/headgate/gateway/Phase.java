package io.headgate.gateway;

/// Where a {@link ClientConnection} is with the request at hand.
enum Phase {
    /// Between requests, or in the head of one.
    IDLE,
    /// Reading the body of a bulk request.
    COLLECTING,
    /// An exchange is under way.
    RELAYING,
    /// Answered; reading the rest of the body before the next request.
    DISCARDING,
    /// Answered for the last time; reading until the caller hangs up.
    LINGERING
}
