package io.headgate.api.v1.deployment;

import io.headgate.deployment.DeploymentSettings.TaskPod;
import io.headgate.deployment.ResourceRange;
import io.headgate.deployment.ResourceRange.Resource;
import io.headgate.deployment.TaskPodChange;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import java.util.Optional;

/// Reads size and quota of task pods, each with a default.
final class TaskPodMembers {
    private TaskPodMembers() {}

    static TaskPod read(Members members) {
        String cpu = quantity(members, "defaultTaskPodCpu", ResourceRange.TASK_CPU);
        String memory = quantity(members, "defaultTaskPodMemory", ResourceRange.TASK_MEMORY);
        String quotaCpu = quantity(members, "resourceQuotaCpu", ResourceRange.QUOTA_CPU);
        String quotaMemory = quantity(members, "resourceQuotaMemory", ResourceRange.QUOTA_MEMORY);
        refuseAbove(members, Resource.CPU, "defaultTaskPodCpu", cpu, "resourceQuotaCpu", quotaCpu);
        refuseAbove(members, Resource.MEMORY, "defaultTaskPodMemory", memory, "resourceQuotaMemory", quotaMemory);
        return new TaskPod(cpu, memory, quotaCpu, quotaMemory);
    }

    /// What is absent or empty is kept; whether size and quota fit is judged where both are known.
    static TaskPodChange readChange(Members members) {
        return new TaskPodChange(
                given(members, "defaultTaskPodCpu", ResourceRange.TASK_CPU),
                given(members, "defaultTaskPodMemory", ResourceRange.TASK_MEMORY),
                given(members, "resourceQuotaCpu", ResourceRange.QUOTA_CPU),
                given(members, "resourceQuotaMemory", ResourceRange.QUOTA_MEMORY));
    }

    private static String quantity(Members members, String name, ResourceRange range) {
        return given(members, name, range).orElse(range.fallback());
    }

    private static Optional<String> given(Members members, String name, ResourceRange range) {
        MemberRule<String> rule = member -> Optional.ofNullable(member.value().textValue())
                .filter(range::contains)
                .or(() -> member.refuseGiven(
                        "range",
                        "must be " + range.resource().words() + ", from " + range.floor() + " to " + range.ceiling()));
        return members.readUnlessEmpty(name, rule);
    }

    private static void refuseAbove(
            Members members, Resource resource, String name, String size, String quotaName, String quota) {
        if (resource.amount(size).orElseThrow().compareTo(resource.amount(quota).orElseThrow()) > 0) {
            members.refuse(name, "max", "must be at most " + quotaName + ", given " + size + " and " + quota);
        }
    }
}
