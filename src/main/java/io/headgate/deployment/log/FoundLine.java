package io.headgate.deployment.log;

import java.time.Instant;

/// One line that a search found.
///
/// @param at when its entry was printed; of an entry that does not say, when the next one of that component was
public record FoundLine(String component, Instant at, String text) {}
