package io.headgate.token;

import java.time.Instant;

/// When a token was last used, to the minute, and by what.
///
/// @param client what the client said it was, bounded and not believed, for example `curl/8.7.1`; empty if not known
public record LastUse(Instant at, String client) {}
