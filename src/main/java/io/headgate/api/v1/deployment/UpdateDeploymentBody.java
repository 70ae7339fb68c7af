package io.headgate.api.v1.deployment;

import io.headgate.api.http.RequestBody;
import io.headgate.deployment.DeploymentChange;
import io.headgate.deployment.Executor;
import io.headgate.deployment.SchedulerSize;
import io.headgate.deployment.TaskPodChange;
import io.headgate.deployment.WantedQueue;
import io.headgate.deployment.variable.WantedVariable;
import io.headgate.kernel.WorkspaceId;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import java.util.List;
import java.util.Optional;

/// Reads `UpdateDeploymentRequest`: the STANDARD variant of the contract's union. Absent or `null` keeps, empty clears.
///
/// What a Deployment got at creation for good (provider, region, runtime version) is ignored, because clients echo it.
final class UpdateDeploymentBody {
    private static final List<String> REQUIRED = List.of(
            "name",
            "workspaceId",
            "executor",
            "schedulerSize",
            "isHighAvailability",
            "isCicdEnforced",
            "isDagDeployEnabled",
            "environmentVariables");

    private UpdateDeploymentBody() {}

    static DeploymentChange read(RequestBody body) {
        Members members = body.members();
        var _ = members.require("type", DeploymentMembers::standard);
        members.readUnlessEmpty("clusterId", DeploymentMembers::noCluster);
        REQUIRED.forEach(members::requireAny);
        return readPart(members);
    }

    /// The same where nothing must be said.
    static DeploymentChange readPart(Members members) {
        Optional<String> name = members.read("name", DeploymentMembers.name());
        Optional<WorkspaceId> workspaceId = members.read("workspaceId", MemberRule.id(WorkspaceId::new));
        Optional<String> description = DeploymentMembers.description(members);
        Optional<Executor> executor = members.read("executor", MemberRule.oneOf(List.of(Executor.values())));
        Optional<SchedulerSize> schedulerSize =
                members.readUnlessEmpty("schedulerSize", MemberRule.oneOf(List.of(SchedulerSize.values())));
        Optional<Boolean> highAvailability = DeploymentMembers.flag(members, "isHighAvailability");
        Optional<Boolean> developmentMode = DeploymentMembers.flag(members, "isDevelopmentMode");
        Optional<Boolean> cicdEnforced = DeploymentMembers.flag(members, "isCicdEnforced");
        Optional<Boolean> dagDeployEnabled = DeploymentMembers.flag(members, "isDagDeployEnabled");
        TaskPodChange taskPod = TaskPodMembers.readChange(members);
        Optional<List<String>> contactEmails = DeploymentMembers.contactEmails(members);
        Optional<List<WantedQueue>> workerQueues =
                executor.filter(one -> !one.hasWorkerQueues()).isPresent()
                        ? Optional.empty()
                        : WorkerQueueMembers.readChange(members);
        Optional<List<WantedVariable>> variables =
                members.read("environmentVariables", EnvironmentVariableMembers.rule());
        Optional<String> pythonRequirements = DeploymentMembers.pythonRequirements(members);
        DeploymentMembers.refuseWhatIsNotOfferedYet(members);
        members.finish(DeploymentModel.NAMES);
        members.throwIfWrong();
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
                pythonRequirements);
    }
}
