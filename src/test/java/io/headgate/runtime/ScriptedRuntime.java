package io.headgate.runtime;

import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.kernel.DeploymentId;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A runtime that runs nothing and does what a test tells it.
final class ScriptedRuntime implements AirflowRuntime {
    static final InetSocketAddress UPSTREAM = InetSocketAddress.createUnresolved("upstream", 1);

    /// What a pass over that Deployment does; healthy unless told otherwise.
    final Map<DeploymentId, Pass> passes = new ConcurrentHashMap<>();

    /// Everything that was asked of it, in order.
    final List<String> calls = new CopyOnWriteArrayList<>();

    @FunctionalInterface
    interface Pass {
        Observation over(DesiredAirflow desired, Consumer<Observation> progress) throws InterruptedException;
    }

    static Observation seen(DeploymentStatus status, String reason) {
        return new Observation(status, reason, Optional.empty());
    }

    @Override
    public Observation converge(DesiredAirflow desired, Consumer<Observation> progress) throws InterruptedException {
        calls.add("converge " + desired.name());
        return passes.getOrDefault(desired.id(), (airflow, told) -> Observation.healthy(UPSTREAM))
                .over(desired, progress);
    }

    @Override
    public boolean hasCreated(DeploymentId id) {
        return false;
    }

    @Override
    public void retire(DesiredAirflow deleted) {
        calls.add("retire " + deleted.name());
    }

    @Override
    public void sweep(Set<DeploymentId> known) {
        calls.add("sweep all but " + known.size());
    }

    @Override
    public void stopAll() {
        calls.add("stopAll");
    }

    long count(String call) {
        return calls.stream().filter(call::equals).count();
    }
}
