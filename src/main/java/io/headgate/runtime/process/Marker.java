package io.headgate.runtime.process;

import io.headgate.host.ProcessIdentity;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.Id;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The variables by which a process of ours is known when nothing else about it is: which data folder of Headgate,
/// which
/// Deployment.
///
/// They count only because `SPT_NOENV=1` keeps Airflow from writing its process titles over them, and only together
/// with the right user where we are root: any user can set a variable.
record Marker(Instance instance, DeploymentId deployment) {
    private static final String INSTANCE = "HEADGATE_INSTANCE";
    private static final String DEPLOYMENT = "HEADGATE_DEPLOYMENT";
    private static final String COMPONENT = "HEADGATE_COMPONENT";

    /// The variables for a child; `component` says what it is.
    Map<String, String> variables(String component) {
        return Map.of(
                INSTANCE, instance.name(), DEPLOYMENT, deployment.value(), COMPONENT, component, "SPT_NOENV", "1");
    }

    boolean isOn(ProcessIdentity process) {
        return of(process).filter(this::equals).isPresent();
    }

    /// The marker of a process, if it has one that can be read.
    static Optional<Marker> of(ProcessIdentity process) {
        List<String> environment = process.environment();
        return value(environment, INSTANCE)
                .flatMap(instance -> value(environment, DEPLOYMENT)
                        .filter(Id::isWellFormed)
                        .map(id -> new Marker(new Instance(instance), new DeploymentId(id))));
    }

    private static Optional<String> value(List<String> environment, String name) {
        String start = name + "=";
        return environment.stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .map(line -> line.substring(start.length()));
    }
}
