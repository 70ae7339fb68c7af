package io.headgate.runtime.process;

import io.headgate.host.RunAs;
import io.headgate.kernel.DeploymentId;
import io.headgate.storage.AirflowDatabases;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/// What all Deployments of this host share.
record ProcessHost(
        ProcessRuntimeSettings settings,
        Instance instance,
        AirflowInstaller installer,
        AirflowDatabases databases,
        ProcessAllocations allocations,
        HealthProbe probe,
        AirflowApi api,
        Confinement confinement,
        RunningFence fence,
        PythonEnvironments environments,
        Clock clock) {

    RunAs user(ProcessAllocation allocation) {
        return allocation.uid().isPresent() ? new RunAs.UserId(allocation.uid().getAsInt()) : new RunAs.Ourselves();
    }

    Path deployments() {
        return settings.data().resolve("deployments");
    }

    Path trash() {
        return settings.data().resolve("trash");
    }

    DeploymentFolder folder(DeploymentId id) {
        return new DeploymentFolder(deployments().resolve(id.value()));
    }

    Marker marker(DeploymentId id) {
        return new Marker(instance, id);
    }

    Path ourPackage() {
        return AirflowPackage.unpackedIn(settings.cache());
    }

    Duration taskGrace() {
        return settings.taskGrace();
    }
}
