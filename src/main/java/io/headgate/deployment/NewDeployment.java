package io.headgate.deployment;

import io.headgate.deployment.variable.WantedVariable;
import io.headgate.kernel.WorkspaceId;
import java.util.List;
import java.util.Optional;

/// What people say about a Deployment they want; everything but name and Workspace has a default.
///
/// @param cicdEnforced empty takes the Workspace's default
/// @param workerQueues empty makes a default queue, where the executor has queues
/// @param pythonRequirements packages beside Airflow's own, as in a `requirements.txt`
/// @param dagsPausedAtCreation whether new DAGs wait until somebody unpauses them; Airflow's own default is yes
public record NewDeployment(
        WorkspaceId workspaceId,
        String name,
        Optional<String> description,
        RuntimeRelease release,
        Executor executor,
        SchedulerSize schedulerSize,
        boolean highAvailability,
        boolean developmentMode,
        Optional<Boolean> cicdEnforced,
        boolean dagDeployEnabled,
        Optional<String> cloudProvider,
        Optional<String> region,
        DeploymentSettings.TaskPod taskPod,
        List<String> contactEmails,
        List<WantedQueue> workerQueues,
        List<WantedVariable> variables,
        Optional<String> pythonRequirements,
        boolean dagsPausedAtCreation) {
    /// In characters (P2).
    public static final int NAME_MAX = 500;

    /// In characters (P2).
    public static final int DESCRIPTION_MAX = 1000;

    /// Of Python requirements, in characters.
    public static final int REQUIREMENTS_MAX = 64 * 1024;

    public NewDeployment {
        contactEmails = List.copyOf(contactEmails);
        workerQueues = List.copyOf(workerQueues);
        variables = List.copyOf(variables);
    }

    /// A Deployment about which nothing is said but its name.
    public static NewDeployment named(WorkspaceId workspaceId, String name) {
        return new NewDeployment(
                workspaceId,
                name,
                Optional.empty(),
                RuntimeRelease.newest(),
                Executor.ASTRO,
                SchedulerSize.SMALL,
                false,
                false,
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                DeploymentOptions.DEFAULT_TASK_POD,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                true);
    }

    public NewDeployment describedAs(Optional<String> words) {
        return new NewDeployment(
                workspaceId,
                name,
                words,
                release,
                executor,
                schedulerSize,
                highAvailability,
                developmentMode,
                cicdEnforced,
                dagDeployEnabled,
                cloudProvider,
                region,
                taskPod,
                contactEmails,
                workerQueues,
                variables,
                pythonRequirements,
                dagsPausedAtCreation);
    }

    public NewDeployment withDagsRunningAtOnce() {
        return new NewDeployment(
                workspaceId,
                name,
                description,
                release,
                executor,
                schedulerSize,
                highAvailability,
                developmentMode,
                cicdEnforced,
                dagDeployEnabled,
                cloudProvider,
                region,
                taskPod,
                contactEmails,
                workerQueues,
                variables,
                pythonRequirements,
                false);
    }
}
