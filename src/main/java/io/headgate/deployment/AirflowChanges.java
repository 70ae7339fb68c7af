package io.headgate.deployment;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.access.Subject;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/// Changes that were asked of a Deployment's Airflow and wait for {@link AirflowChangeLog} to write them down (U5, U7).
///
/// The gateway asks no database, so they wait here for a second. While {@value #WAITING_MAX} wait because the database
/// takes none, there is no room, and the gateway lets no further change through: what cannot be recorded does not
/// happen.
public final class AirflowChanges {
    static final int WAITING_MAX = 10_000;

    private final Deque<Change> waiting = new ConcurrentLinkedDeque<>();
    private final AtomicInteger size = new AtomicInteger();

    /// One change.
    ///
    /// @param operation method and route, for example `POST /api/v2/dags/{dag_id}/dagRuns`
    /// @param status of Airflow's answer, or {@link #NO_ANSWER}: then it may have happened or not
    public record Change(
            Subject subject, Caller.Origin origin, Scope.OfDeployment deployment, String operation, int status) {
        public static final int NO_ANSWER = 0;
    }

    /// Whether one more can be kept; those under way at that moment are kept besides.
    public boolean haveRoom() {
        return size.get() < WAITING_MAX;
    }

    /// Keeps one until it is written down; never blocks.
    public void add(Change change) {
        waiting.addLast(change);
        size.incrementAndGet();
    }

    /// Takes all away, the oldest first.
    public List<Change> drain() {
        List<Change> drained = new ArrayList<>();
        for (Change next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
            size.decrementAndGet();
            drained.add(next);
        }
        return drained;
    }

    /// Puts back what could not be written down.
    void putBack(List<Change> changes) {
        for (Change change : changes.reversed()) {
            waiting.addFirst(change);
            size.incrementAndGet();
        }
    }
}
