package io.headgate.deployment;

import java.util.List;
import java.util.Optional;

/// What people configure of a Deployment beside its name; kept as one document.
///
/// @param cloudProvider `AWS`, `AZURE` or `GCP` as given at creation; echoed, because clients expect it back
/// @param taskPod default CPU and memory of a task, and the quota of all, as Kubernetes quantities
/// @param pythonRequirements what {@link PythonLock} was resolved from, when the settings ask for packages
public record DeploymentSettings(
        Executor executor,
        SchedulerSize schedulerSize,
        boolean highAvailability,
        boolean developmentMode,
        boolean cicdEnforced,
        boolean dagDeployEnabled,
        Optional<String> cloudProvider,
        Optional<String> region,
        TaskPod taskPod,
        List<String> contactEmails,
        List<WorkerQueue> workerQueues,
        Optional<String> pythonRequirements) {

    public DeploymentSettings {
        contactEmails = List.copyOf(contactEmails);
        workerQueues = List.copyOf(workerQueues);
    }

    /// Kubernetes quantities such as `0.25` and `0.5Gi`.
    public record TaskPod(String cpu, String memory, String quotaCpu, String quotaMemory) {}
}
