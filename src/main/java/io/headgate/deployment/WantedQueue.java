package io.headgate.deployment;

import io.headgate.kernel.WorkerQueueId;
import java.util.Optional;

/// A worker queue as people ask for it.
///
/// @param id of the queue that is meant; empty finds it by name, or makes it
/// @param astroMachine one of {@link DeploymentOptions#workerMachines()}; empty keeps that of the queue
/// @param podEphemeralStorage empty keeps that of the queue
public record WantedQueue(
        Optional<WorkerQueueId> id,
        String name,
        boolean isDefault,
        Optional<String> astroMachine,
        int minWorkerCount,
        int maxWorkerCount,
        int workerConcurrency,
        Optional<String> podEphemeralStorage) {}
