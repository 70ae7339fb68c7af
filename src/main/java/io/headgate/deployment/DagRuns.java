package io.headgate.deployment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the DAG runs of a Deployment are doing: a runtime's part in its page.
@FunctionalInterface
public interface DagRuns {

    /// Counts and the last runs; empty when Airflow cannot be asked.
    Optional<Activity> since(DesiredAirflow airflow, Instant time) throws InterruptedException;

    /// What is going on, and what has ended since that time.
    ///
    /// @param last the newest runs, those that go on first; at most {@value #LAST_MAX}
    record Activity(long going, long succeeded, long failed, List<Run> last) {
        public static final int LAST_MAX = 5;

        public Activity {
            last = List.copyOf(last);
        }
    }

    /// One run.
    ///
    /// @param state as Airflow calls it, for example `running`
    /// @param version the bundle version that it runs by; empty if Airflow names none
    record Run(String dagId, String state, Optional<Instant> started, String version) {}
}
