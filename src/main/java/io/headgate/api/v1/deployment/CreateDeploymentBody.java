package io.headgate.api.v1.deployment;

import io.headgate.api.http.RequestBody;
import io.headgate.deployment.DeploymentSettings.TaskPod;
import io.headgate.deployment.Executor;
import io.headgate.deployment.NewDeployment;
import io.headgate.deployment.RuntimeRelease;
import io.headgate.deployment.SchedulerSize;
import io.headgate.deployment.WantedQueue;
import io.headgate.deployment.variable.WantedVariable;
import io.headgate.kernel.WorkspaceId;
import io.headgate.web.Member;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import io.headgate.web.TextRule;
import java.util.List;
import java.util.Optional;

/// Reads `CreateDeploymentRequest`: the STANDARD variant of the contract's union.
final class CreateDeploymentBody {
    private static final int REGION_MAX = 100;

    private enum CloudProvider {
        AWS,
        AZURE,
        GCP
    }

    private CreateDeploymentBody() {}

    static NewDeployment read(RequestBody body) {
        Members members = body.members();
        members.readUnlessEmpty("type", DeploymentMembers::standard);
        members.readUnlessEmpty("clusterId", DeploymentMembers::noCluster);
        Optional<String> name = members.require("name", DeploymentMembers.name());
        Optional<WorkspaceId> workspaceId = members.require("workspaceId", MemberRule.id(WorkspaceId::new));
        Optional<String> description = DeploymentMembers.description(members);
        Optional<RuntimeRelease> release =
                members.readUnlessEmpty("astroRuntimeVersion", CreateDeploymentBody::release);
        Executor executor = members.readUnlessEmpty("executor", MemberRule.oneOf(List.of(Executor.values())))
                .orElse(Executor.ASTRO);
        Optional<SchedulerSize> schedulerSize =
                members.readUnlessEmpty("schedulerSize", MemberRule.oneOf(List.of(SchedulerSize.values())));
        boolean highAvailability =
                DeploymentMembers.flag(members, "isHighAvailability").orElse(false);
        boolean developmentMode =
                DeploymentMembers.flag(members, "isDevelopmentMode").orElse(false);
        Optional<Boolean> cicdEnforced = DeploymentMembers.flag(members, "isCicdEnforced");
        boolean dagDeployEnabled =
                DeploymentMembers.flag(members, "isDagDeployEnabled").orElse(true);
        Optional<CloudProvider> cloudProvider =
                members.readUnlessEmpty("cloudProvider", MemberRule.oneOf(List.of(CloudProvider.values())));
        Optional<String> region = members.readUnlessEmpty("region", TextRule.line(1, REGION_MAX));
        TaskPod taskPod = TaskPodMembers.read(members);
        List<String> contactEmails = DeploymentMembers.contactEmails(members).orElse(List.of());
        List<WantedQueue> workerQueues = executor.hasWorkerQueues() ? WorkerQueueMembers.read(members) : List.of();
        List<WantedVariable> variables = members.read("environmentVariables", EnvironmentVariableMembers.rule())
                .orElse(List.of());
        Optional<String> pythonRequirements =
                DeploymentMembers.pythonRequirements(members).filter(text -> !text.isEmpty());
        DeploymentMembers.refuseWhatIsNotOfferedYet(members);
        members.finish(DeploymentModel.NAMES);
        members.throwIfWrong();
        return new NewDeployment(
                workspaceId.orElseThrow(),
                name.orElseThrow(),
                description,
                release.orElseGet(RuntimeRelease::newest),
                executor,
                schedulerSize.orElse(SchedulerSize.SMALL),
                highAvailability,
                developmentMode,
                cicdEnforced,
                dagDeployEnabled,
                cloudProvider.map(Enum::name),
                region,
                taskPod,
                contactEmails,
                workerQueues,
                variables,
                pythonRequirements,
                true);
    }

    private static Optional<RuntimeRelease> release(Member member) {
        return Optional.ofNullable(member.value().textValue())
                .flatMap(RuntimeRelease::closestTo)
                .or(() -> member.refuseGiven(
                        "enum",
                        "must be one of "
                                + String.join(
                                        ", ",
                                        RuntimeRelease.all().stream()
                                                .map(RuntimeRelease::version)
                                                .toList())));
    }
}
