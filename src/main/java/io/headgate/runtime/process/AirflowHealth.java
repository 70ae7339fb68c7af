package io.headgate.runtime.process;

import java.time.Instant;
import java.util.Map;

/// What the api-server says when asked.
sealed interface AirflowHealth {

    /// It answers: whether its database does, and when each component last gave a sign of life.
    ///
    /// Airflow's own verdict `healthy` is left out: it lies for 30 s after a death, and after every restart.
    record Answering(boolean databaseAnswers, Map<Component, Instant> heartbeats) implements AirflowHealth {
        public Answering {
            heartbeats = Map.copyOf(heartbeats);
        }
    }

    /// It does not answer, or not as Airflow would; `why` completes "api-server …".
    record Silent(String why) implements AirflowHealth {}
}
