package io.headgate.api.v1.deployment;

import io.headgate.deployment.WorkerQueue;

/// A worker queue in answers.
record WorkerQueueWire(
        String id,
        String name,
        boolean isDefault,
        String astroMachine,
        int minWorkerCount,
        int maxWorkerCount,
        int workerConcurrency,
        String podCpu,
        String podMemory) {

    static WorkerQueueWire of(WorkerQueue queue) {
        return new WorkerQueueWire(
                queue.id().value(),
                queue.name(),
                queue.isDefault(),
                queue.astroMachine(),
                queue.minWorkerCount(),
                queue.maxWorkerCount(),
                queue.workerConcurrency(),
                queue.podCpu(),
                queue.podMemory());
    }
}
