package io.headgate.api.v1.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.deployment.WorkerQueue;
import java.util.Optional;

/// A worker queue in answers.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record WorkerQueueWire(
        String id,
        String name,
        boolean isDefault,
        String astroMachine,
        int minWorkerCount,
        int maxWorkerCount,
        int workerConcurrency,
        String podCpu,
        String podMemory,
        Optional<String> podEphemeralStorage) {

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
                queue.podMemory(),
                queue.podEphemeralStorage());
    }
}
