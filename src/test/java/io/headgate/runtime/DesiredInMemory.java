package io.headgate.runtime;

import io.headgate.deployment.DesiredAirflow;
import io.headgate.kernel.DeploymentId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Desired state that a test changes, and that can be away like a database.
final class DesiredInMemory implements DesiredDeployments {
    final List<DesiredAirflow> present = new CopyOnWriteArrayList<>();
    final List<DesiredAirflow> toRetire = new CopyOnWriteArrayList<>();

    /// What was told, `name STATUS reason` each.
    final List<String> told = new CopyOnWriteArrayList<>();

    /// Of which revision each of that was.
    final List<Long> revisionsTold = new CopyOnWriteArrayList<>();

    /// How often it was asked what should run.
    final AtomicInteger readings = new AtomicInteger();

    volatile boolean away;

    @Override
    public List<DesiredAirflow> present() {
        failIfAway();
        List<DesiredAirflow> read = List.copyOf(present);
        readings.incrementAndGet();
        return read;
    }

    @Override
    public List<DesiredAirflow> toRetire() {
        failIfAway();
        return List.copyOf(toRetire);
    }

    @Override
    public void observed(DesiredAirflow airflow, Observation observation) {
        failIfAway();
        revisionsTold.add(airflow.revision());
        told.add((airflow.name() + " " + observation.status() + " " + observation.reason()).strip());
    }

    @Override
    public void retired(DeploymentId id) {
        failIfAway();
        toRetire.removeIf(airflow -> airflow.id().equals(id));
    }

    private void failIfAway() {
        if (away) {
            throw new IllegalStateException("the database is away");
        }
    }
}
