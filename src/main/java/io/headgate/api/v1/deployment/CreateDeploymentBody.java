package io.headgate.api.v1.deployment;

import io.headgate.api.http.Member;
import io.headgate.api.http.MemberRule;
import io.headgate.api.http.Members;
import io.headgate.api.http.RequestBody;
import io.headgate.api.http.TextRule;
import io.headgate.deployment.DeploymentSettings.TaskPod;
import io.headgate.deployment.Executor;
import io.headgate.deployment.NewDeployment;
import io.headgate.deployment.NewDeployment.NewWorkerQueue;
import io.headgate.deployment.RuntimeRelease;
import io.headgate.deployment.SchedulerSize;
import io.headgate.kernel.WorkspaceId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads `CreateDeploymentRequest`: the STANDARD variant of the contract's union.
final class CreateDeploymentBody {
    private static final int REGION_MAX = 100;
    private static final int CONTACT_EMAILS_MAX = 100;
    private static final int EMAIL_MAX = 254;

    /// Only a plausibility check: whether somebody reads it shows only when a message is sent.
    private static final Pattern EMAIL = Pattern.compile("[^\\s@,;<>\"]{1,64}@[^\\s@,;<>\".]+(\\.[^\\s@,;<>\".]+)+");

    private enum CloudProvider {
        AWS,
        AZURE,
        GCP
    }

    private CreateDeploymentBody() {}

    static NewDeployment read(RequestBody body) {
        Members members = body.members();
        members.readUnlessEmpty("type", CreateDeploymentBody::standard);
        members.readUnlessEmpty("clusterId", CreateDeploymentBody::noCluster);
        Optional<String> name = members.require("name", TextRule.line(1, NewDeployment.NAME_MAX));
        Optional<WorkspaceId> workspaceId = members.require("workspaceId", MemberRule.id(WorkspaceId::new));
        Optional<String> description = members.read("description", TextRule.lines(NewDeployment.DESCRIPTION_MAX));
        Optional<RuntimeRelease> release =
                members.readUnlessEmpty("astroRuntimeVersion", CreateDeploymentBody::release);
        Executor executor = members.readUnlessEmpty("executor", MemberRule.oneOf(List.of(Executor.values())))
                .orElse(Executor.ASTRO);
        Optional<SchedulerSize> schedulerSize =
                members.readUnlessEmpty("schedulerSize", MemberRule.oneOf(List.of(SchedulerSize.values())));
        boolean highAvailability = flag(members, "isHighAvailability").orElse(false);
        boolean developmentMode = flag(members, "isDevelopmentMode").orElse(false);
        Optional<Boolean> cicdEnforced = flag(members, "isCicdEnforced");
        boolean dagDeployEnabled = flag(members, "isDagDeployEnabled").orElse(true);
        Optional<CloudProvider> cloudProvider =
                members.readUnlessEmpty("cloudProvider", MemberRule.oneOf(List.of(CloudProvider.values())));
        Optional<String> region = members.readUnlessEmpty("region", TextRule.line(1, REGION_MAX));
        TaskPod taskPod = TaskPodMembers.read(members);
        List<String> contactEmails = members.read(
                        "contactEmails", MemberRule.list(CONTACT_EMAILS_MAX, CreateDeploymentBody::email))
                .orElse(List.of());
        List<NewWorkerQueue> workerQueues = executor.hasWorkerQueues() ? WorkerQueueMembers.read(members) : List.of();
        refuseWhatIsNotOfferedYet(members);
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
                true);
    }

    /// Taking these in silence would promise something that does not happen.
    private static void refuseWhatIsNotOfferedYet(Members members) {
        members.refuseUnlessEmpty(
                "environmentVariables",
                "cannot be set when a Deployment is created: this version has no environment variables yet");
        members.refuseUnlessEmpty("scalingSpec", "is not offered by this version: there is no hibernation yet");
        members.refuseUnlessEmpty("remoteExecution", "is not offered: tasks run where the Deployment's Airflow runs");
        members.refuseUnlessEmpty("scheduler", "belongs to type HYBRID; a STANDARD Deployment takes schedulerSize");
    }

    private static Optional<Boolean> flag(Members members, String name) {
        return members.read(name, MemberRule.bool());
    }

    private static Optional<String> standard(Member member) {
        return Optional.ofNullable(member.value().textValue())
                .filter(DeploymentWire.TYPE::equals)
                .or(() -> member.refuseGiven("enum", "must be " + DeploymentWire.TYPE));
    }

    private static Optional<String> noCluster(Member member) {
        return member.refuse(
                "not-taken", "must be absent: a STANDARD Deployment runs on this installation, not on a cluster");
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

    private static Optional<String> email(Member member) {
        return Optional.ofNullable(member.value().textValue())
                .filter(text ->
                        text.length() <= EMAIL_MAX && EMAIL.matcher(text).matches())
                .or(() -> member.refuseGiven("email", "must be an e-mail address"));
    }
}
