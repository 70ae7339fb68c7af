package io.headgate.deployment;

import java.util.List;
import java.util.Optional;

/// What a Deployment can be made of: the one table behind `deployment-options`, defaults and validation.
public final class DeploymentOptions {
    public static final DeploymentSettings.TaskPod DEFAULT_TASK_POD =
            new DeploymentSettings.TaskPod("0.25", "0.5Gi", "10", "20Gi");

    public static final String DEFAULT_QUEUE = "default";

    private static final List<WorkerMachine> WORKER_MACHINES = List.of(
            new WorkerMachine("A5", "1", "2Gi", new Range(1, 5, 15)),
            new WorkerMachine("A10", "2", "4Gi", new Range(1, 10, 30)),
            new WorkerMachine("A20", "4", "8Gi", new Range(1, 20, 60)),
            new WorkerMachine("A40", "8", "16Gi", new Range(1, 40, 120)),
            new WorkerMachine("A60", "12", "24Gi", new Range(1, 60, 180)),
            new WorkerMachine("A120", "24", "48Gi", new Range(1, 120, 360)),
            new WorkerMachine("A160", "32", "64Gi", new Range(1, 160, 480)));

    private static final Range MIN_WORKERS = new Range(0, 0, 30);
    private static final Range MAX_WORKERS = new Range(1, 10, 30);

    private DeploymentOptions() {}

    /// Lowest, default and highest value of a number.
    public record Range(int floor, int fallback, int ceiling) {
        public boolean contains(int number) {
            return number >= floor && number <= ceiling;
        }
    }

    /// A size of worker with how many tasks it takes at once.
    public record WorkerMachine(String name, String cpu, String memory, Range concurrency) {}

    public static List<WorkerMachine> workerMachines() {
        return WORKER_MACHINES;
    }

    /// The machine of that name in any letter case: clients send both.
    public static Optional<WorkerMachine> workerMachine(String name) {
        return WORKER_MACHINES.stream()
                .filter(machine -> machine.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /// What at least one machine allows.
    public static Range anyConcurrency() {
        return new Range(
                1,
                WORKER_MACHINES.getFirst().concurrency().fallback(),
                WORKER_MACHINES.getLast().concurrency().ceiling());
    }

    public static Range minWorkers() {
        return MIN_WORKERS;
    }

    public static Range maxWorkers() {
        return MAX_WORKERS;
    }

    static WantedQueue defaultQueue() {
        WorkerMachine smallest = WORKER_MACHINES.getFirst();
        return new WantedQueue(
                Optional.empty(),
                DEFAULT_QUEUE,
                true,
                Optional.of(smallest.name()),
                MIN_WORKERS.fallback(),
                MAX_WORKERS.fallback(),
                smallest.concurrency().fallback(),
                Optional.empty());
    }
}
