package io.headgate.alert;

import io.headgate.deployment.DesiredAirflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which DAG runs failed: a runtime's part in alerts.
@FunctionalInterface
public interface FailedRuns {

    /// Runs that failed at that time or later, oldest first, perhaps not all of them: whoever asks again from the last
    /// one on gets the rest. Empty when Airflow cannot be asked.
    Optional<List<FailedRun>> since(DesiredAirflow airflow, Instant time) throws InterruptedException;

    /// One end of a run. A run that is cleared and fails again has failed twice.
    ///
    /// @param started empty if it failed before it began
    record FailedRun(String dagId, String runId, Optional<Instant> started, Instant failed) {}
}
