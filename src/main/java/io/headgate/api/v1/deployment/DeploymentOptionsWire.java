package io.headgate.api.v1.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headgate.deployment.DeploymentOptions;
import io.headgate.deployment.Executor;
import io.headgate.deployment.ResourceRange;
import io.headgate.deployment.RuntimeRelease;
import io.headgate.deployment.SchedulerSize;
import java.time.Instant;
import java.util.List;

/// What Deployments can be made of, in answers; clients take the first runtime release as their default.
record DeploymentOptionsWire(
        List<Release> runtimeReleases,
        List<Executor> executors,
        ResourceQuotas resourceQuotas,
        List<SchedulerMachine> schedulerMachines,
        List<WorkerMachine> workerMachines,
        WorkerQueues workerQueues,
        List<String> workloadIdentityOptions) {

    record Release(
            String version,
            String airflowVersion,
            String channel,
            Instant releaseDate,
            boolean airflowDatabaseMigration,
            boolean stellarDatabaseMigration) {}

    record ResourceQuotas(PodSize defaultPodSize, PodSize resourceQuota) {}

    record PodSize(Quantities cpu, Quantities memory) {}

    record Quantities(String floor, @JsonProperty("default") String fallback, String ceiling) {
        static Quantities of(ResourceRange range) {
            return new Quantities(range.floor(), range.fallback(), range.ceiling());
        }
    }

    record Numbers(int floor, @JsonProperty("default") int fallback, int ceiling) {
        static Numbers of(DeploymentOptions.Range range) {
            return new Numbers(range.floor(), range.fallback(), range.ceiling());
        }
    }

    record MachineSpec(String cpu, String memory) {}

    record SchedulerMachine(String name, MachineSpec spec) {}

    record WorkerMachine(String name, MachineSpec spec, Numbers concurrency) {}

    record WorkerQueues(Numbers minWorkers, Numbers maxWorkers, Numbers workerConcurrency) {}

    static DeploymentOptionsWire current() {
        List<WorkerMachine> machines = DeploymentOptions.workerMachines().stream()
                .map(machine -> new WorkerMachine(
                        machine.name(),
                        new MachineSpec(machine.cpu(), machine.memory()),
                        Numbers.of(machine.concurrency())))
                .toList();
        return new DeploymentOptionsWire(
                RuntimeRelease.all().stream()
                        .map(DeploymentOptionsWire::release)
                        .toList(),
                List.of(Executor.values()),
                new ResourceQuotas(
                        new PodSize(Quantities.of(ResourceRange.TASK_CPU), Quantities.of(ResourceRange.TASK_MEMORY)),
                        new PodSize(Quantities.of(ResourceRange.QUOTA_CPU), Quantities.of(ResourceRange.QUOTA_MEMORY))),
                List.of(SchedulerSize.values()).stream()
                        .map(size -> new SchedulerMachine(size.name(), new MachineSpec(size.cpu(), size.memory())))
                        .toList(),
                machines,
                new WorkerQueues(
                        Numbers.of(DeploymentOptions.minWorkers()),
                        Numbers.of(DeploymentOptions.maxWorkers()),
                        new Numbers(
                                machines.getFirst().concurrency().floor(),
                                machines.getFirst().concurrency().fallback(),
                                machines.getLast().concurrency().ceiling())),
                List.of());
    }

    private static Release release(RuntimeRelease release) {
        return new Release(release.version(), release.airflowVersion(), "stable", release.releasedAt(), false, false);
    }
}
