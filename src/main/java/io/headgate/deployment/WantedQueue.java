package io.headgate.deployment;

import io.headgate.kernel.WorkerQueueId;
import java.util.Optional;
import java.util.regex.Pattern;

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
        Optional<String> podEphemeralStorage) {
    /// Of a name, in characters, all of them ASCII (Q3).
    public static final int NAME_MAX = 63;

    private static final Pattern NAME = Pattern.compile("[a-z-]+");

    /// Whether a queue can have that name.
    public static boolean isName(String name) {
        return name.length() <= NAME_MAX && NAME.matcher(name).matches();
    }
}
