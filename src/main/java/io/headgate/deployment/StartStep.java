package io.headgate.deployment;

import java.time.Instant;
import java.util.Optional;

/// Something that is done, or was, to bring a Deployment up.
///
/// @param words a phrase, for example `making Airflow's tables`
/// @param endedAt empty while it goes on
public record StartStep(String words, Instant startedAt, Optional<Instant> endedAt) {
    StartStep endedAt(Instant end) {
        return new StartStep(words, startedAt, endedAt.or(() -> Optional.of(end)));
    }
}
