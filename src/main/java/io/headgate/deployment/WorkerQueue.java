package io.headgate.deployment;

import io.headgate.kernel.WorkerQueueId;

/// A queue of workers as the wire describes it; the `process` runtime runs every queue on this host.
public record WorkerQueue(
        WorkerQueueId id,
        String name,
        boolean isDefault,
        String astroMachine,
        int minWorkerCount,
        int maxWorkerCount,
        int workerConcurrency,
        String podCpu,
        String podMemory) {}
