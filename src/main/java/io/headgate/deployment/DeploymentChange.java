package io.headgate.deployment;

import io.headgate.deployment.variable.WantedVariable;
import io.headgate.kernel.WorkspaceId;
import java.util.List;
import java.util.Optional;

/// What people want to be different about a Deployment; what is empty stays as it is.
///
/// @param workspaceId where the caller believes it to be: another one than it is in is refused
/// @param developmentMode can only be switched off (P24)
/// @param workerQueues all there shall be; ignored for an executor without queues
/// @param variables all there shall be (V8)
/// @param pythonRequirements an empty text means none
public record DeploymentChange(
        Optional<WorkspaceId> workspaceId,
        Optional<String> name,
        Optional<String> description,
        Optional<Executor> executor,
        Optional<SchedulerSize> schedulerSize,
        Optional<Boolean> highAvailability,
        Optional<Boolean> developmentMode,
        Optional<Boolean> cicdEnforced,
        Optional<Boolean> dagDeployEnabled,
        TaskPodChange taskPod,
        Optional<List<String>> contactEmails,
        Optional<List<WantedQueue>> workerQueues,
        Optional<List<WantedVariable>> variables,
        Optional<String> pythonRequirements) {
    public DeploymentChange {
        contactEmails = contactEmails.map(List::copyOf);
        workerQueues = workerQueues.map(List::copyOf);
        variables = variables.map(List::copyOf);
    }

    /// Changes nothing.
    public static DeploymentChange none() {
        return new DeploymentChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                TaskPodChange.none(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public DeploymentChange withName(String other) {
        return new DeploymentChange(
                workspaceId,
                Optional.of(other),
                description,
                executor,
                schedulerSize,
                highAvailability,
                developmentMode,
                cicdEnforced,
                dagDeployEnabled,
                taskPod,
                contactEmails,
                workerQueues,
                variables,
                pythonRequirements);
    }

    public DeploymentChange withVariables(List<WantedVariable> all) {
        return new DeploymentChange(
                workspaceId,
                name,
                description,
                executor,
                schedulerSize,
                highAvailability,
                developmentMode,
                cicdEnforced,
                dagDeployEnabled,
                taskPod,
                contactEmails,
                workerQueues,
                Optional.of(all),
                pythonRequirements);
    }

    public DeploymentChange withPythonRequirements(String requirements) {
        return new DeploymentChange(
                workspaceId,
                name,
                description,
                executor,
                schedulerSize,
                highAvailability,
                developmentMode,
                cicdEnforced,
                dagDeployEnabled,
                taskPod,
                contactEmails,
                workerQueues,
                variables,
                Optional.of(requirements));
    }
}
