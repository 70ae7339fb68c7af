package io.headgate.api.v1.deployment;

import io.headgate.api.http.Member;
import io.headgate.api.http.MemberRule;
import io.headgate.api.http.Members;
import io.headgate.api.http.TextRule;
import io.headgate.deployment.DeploymentOptions;
import io.headgate.deployment.DeploymentOptions.WorkerMachine;
import io.headgate.deployment.NewDeployment.NewWorkerQueue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the worker queues of a Deployment that is to be made.
final class WorkerQueueMembers {
    private static final int NAME_MAX = 63;
    private static final int QUEUES_MAX = 50;

    /// Known to the model and given by the server; `"id":""` is how a client says that a queue is new.
    private static final Set<String> MODEL = Set.of("id", "nodePoolId", "podCpu", "podMemory", "podEphemeralStorage");

    private WorkerQueueMembers() {}

    /// Empty if absent, `[]` or wrong; what is wrong is noted.
    static List<NewWorkerQueue> read(Members deployment) {
        List<NewWorkerQueue> queues = deployment
                .read("workerQueues", MemberRule.list(QUEUES_MAX, MemberRule.object(WorkerQueueMembers::queue)))
                .orElse(List.of());
        if (queues.isEmpty()) {
            return queues;
        }
        List<NewWorkerQueue> defaults =
                queues.stream().filter(NewWorkerQueue::isDefault).toList();
        if (defaults.size() != 1 || !defaults.getFirst().name().equals(DeploymentOptions.DEFAULT_QUEUE)) {
            deployment.refuse(
                    "workerQueues",
                    "default",
                    "must hold exactly one queue with isDefault true, and its name must be "
                            + DeploymentOptions.DEFAULT_QUEUE);
        }
        Set<String> names = new HashSet<>();
        queues.stream()
                .map(NewWorkerQueue::name)
                .filter(name -> !names.add(name))
                .distinct()
                .forEach(name ->
                        deployment.refuse("workerQueues", "unique", "must not hold two queues named '" + name + "'"));
        return queues;
    }

    private static Optional<NewWorkerQueue> queue(Members members) {
        Optional<String> name = members.require("name", TextRule.line(1, NAME_MAX));
        Optional<Boolean> isDefault = members.require("isDefault", MemberRule.bool());
        Optional<WorkerMachine> machine = members.require("astroMachine", WorkerQueueMembers::machine);
        Optional<Integer> min = members.require("minWorkerCount", within(DeploymentOptions.minWorkers()));
        Optional<Integer> max = members.require("maxWorkerCount", within(DeploymentOptions.maxWorkers()));
        Optional<Integer> concurrency =
                machine.flatMap(known -> members.require("workerConcurrency", within(known.concurrency())));
        members.finish(withUnread(machine));
        if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
            members.refuse(
                    "minWorkerCount",
                    "max",
                    "must be at most maxWorkerCount, given " + min.get() + " and " + max.get());
            return Optional.empty();
        }
        if (name.isEmpty() || isDefault.isEmpty() || machine.isEmpty() || concurrency.isEmpty()) {
            return Optional.empty();
        }
        return min.flatMap(least -> max.map(most ->
                new NewWorkerQueue(name.get(), isDefault.get(), machine.get().name(), least, most, concurrency.get())));
    }

    /// How many tasks at once depends on the machine; without a known one it cannot be judged, but it is known.
    private static Set<String> withUnread(Optional<WorkerMachine> machine) {
        Set<String> model = new HashSet<>(MODEL);
        if (machine.isEmpty()) {
            model.add("workerConcurrency");
        }
        return model;
    }

    private static MemberRule<Integer> within(DeploymentOptions.Range range) {
        return MemberRule.integer(range.floor(), range.ceiling());
    }

    private static Optional<WorkerMachine> machine(Member member) {
        return Optional.ofNullable(member.value().textValue())
                .flatMap(DeploymentOptions::workerMachine)
                .or(() -> member.refuseGiven(
                        "enum",
                        "must be one of "
                                + String.join(
                                        ", ",
                                        DeploymentOptions.workerMachines().stream()
                                                .map(WorkerMachine::name)
                                                .toList())));
    }
}
