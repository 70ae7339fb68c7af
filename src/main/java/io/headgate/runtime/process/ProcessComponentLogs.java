package io.headgate.runtime.process;

import io.headgate.deployment.log.ComponentLogs;
import io.headgate.deployment.log.LogPart;
import io.headgate.deployment.log.LogPosition;
import io.headgate.kernel.DeploymentId;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// What the processes of this host's Deployments print, and what their first steps did, from the files of
/// {@link ComponentLog}.
final class ProcessComponentLogs implements ComponentLogs {
    private static final List<String> COMPONENTS = List.of(
            Component.SCHEDULER.label(),
            Component.DAG_PROCESSOR.label(),
            Component.TRIGGERER.label(),
            Component.API_SERVER.label(),
            FirstSteps.PREFLIGHT,
            FirstSteps.MIGRATE);

    private final Function<DeploymentId, Path> folders;

    /// @param folders where the component logs of a Deployment are
    ProcessComponentLogs(Function<DeploymentId, Path> folders) {
        this.folders = folders;
    }

    @Override
    public List<String> components() {
        return COMPONENTS;
    }

    @Override
    public LogPosition backwards(DeploymentId id, String component, Predicate<String> wantsMore) {
        return reader(id, component).backwards(wantsMore);
    }

    @Override
    public LogPart since(DeploymentId id, String component, LogPosition position) {
        return reader(id, component).since(position);
    }

    private LogReader reader(DeploymentId id, String component) {
        if (!COMPONENTS.contains(component)) {
            throw new IllegalArgumentException("not a component");
        }
        return new LogReader(ComponentLog.of(folders.apply(id), component));
    }
}
