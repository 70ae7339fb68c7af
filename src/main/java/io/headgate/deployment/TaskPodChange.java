package io.headgate.deployment;

import io.headgate.deployment.DeploymentSettings.TaskPod;
import java.util.Optional;

/// New sizes of task pods and their quota, each a Kubernetes quantity; empty keeps what is.
public record TaskPodChange(
        Optional<String> cpu, Optional<String> memory, Optional<String> quotaCpu, Optional<String> quotaMemory) {

    public static TaskPodChange none() {
        return new TaskPodChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public TaskPod of(TaskPod current) {
        return new TaskPod(
                cpu.orElse(current.cpu()),
                memory.orElse(current.memory()),
                quotaCpu.orElse(current.quotaCpu()),
                quotaMemory.orElse(current.quotaMemory()));
    }
}
