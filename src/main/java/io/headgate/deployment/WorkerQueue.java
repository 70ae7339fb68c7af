package io.headgate.deployment;

import io.headgate.kernel.WorkerQueueId;
import java.util.Optional;

/// A queue of workers as the wire describes it; the `process` runtime runs every queue on this host.
///
/// @param podEphemeralStorage as given; echoed, because clients expect it back
public record WorkerQueue(
        WorkerQueueId id,
        String name,
        boolean isDefault,
        String astroMachine,
        int minWorkerCount,
        int maxWorkerCount,
        int workerConcurrency,
        String podCpu,
        String podMemory,
        Optional<String> podEphemeralStorage) {}
