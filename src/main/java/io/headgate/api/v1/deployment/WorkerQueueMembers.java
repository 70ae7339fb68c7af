package io.headgate.api.v1.deployment;

import io.headgate.deployment.DeploymentOptions;
import io.headgate.deployment.DeploymentOptions.WorkerMachine;
import io.headgate.deployment.ResourceRange;
import io.headgate.deployment.WantedQueue;
import io.headgate.kernel.WorkerQueueId;
import io.headgate.web.Member;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import io.headgate.web.TextRule;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the worker queues of a Deployment that is to be made or changed.
final class WorkerQueueMembers {
    private static final int QUEUES_MAX = 50;

    /// Known to the model and given by the server.
    private static final Set<String> MODEL = Set.of("nodePoolId", "podCpu", "podMemory");

    private static final ResourceRange STORAGE =
            new ResourceRange(ResourceRange.Resource.MEMORY, "10Gi", "10Gi", "100Gi");

    private WorkerQueueMembers() {}

    /// Empty if absent, `[]` or wrong; what is wrong is noted. Each queue needs its machine.
    static List<WantedQueue> read(Members deployment) {
        return checked(deployment, MemberRule.object(members -> queue(members, true)))
                .orElse(List.of());
    }

    /// Empty if absent; a queue without a machine keeps the one it has.
    static Optional<List<WantedQueue>> readChange(Members deployment) {
        return checked(deployment, MemberRule.object(members -> queue(members, false)));
    }

    private static Optional<List<WantedQueue>> checked(Members deployment, MemberRule<WantedQueue> queue) {
        Optional<List<WantedQueue>> queues = deployment.read("workerQueues", MemberRule.list(QUEUES_MAX, queue));
        queues.filter(list -> !list.isEmpty()).ifPresent(list -> check(deployment, list));
        return queues;
    }

    private static void check(Members deployment, List<WantedQueue> queues) {
        List<WantedQueue> defaults =
                queues.stream().filter(WantedQueue::isDefault).toList();
        if (defaults.size() != 1 || !defaults.getFirst().name().equals(DeploymentOptions.DEFAULT_QUEUE)) {
            deployment.refuse(
                    "workerQueues",
                    "default",
                    "must hold exactly one queue with isDefault true, and its name must be "
                            + DeploymentOptions.DEFAULT_QUEUE);
        }
        Set<String> names = new HashSet<>();
        queues.stream()
                .map(WantedQueue::name)
                .filter(name -> !names.add(name))
                .distinct()
                .forEach(name ->
                        deployment.refuse("workerQueues", "unique", "must not hold two queues named '" + name + "'"));
    }

    private static Optional<WantedQueue> queue(Members members, boolean machineNeeded) {
        Optional<WorkerQueueId> id = members.readUnlessEmpty("id", MemberRule.id(WorkerQueueId::new));
        Optional<String> name = members.require("name", WorkerQueueMembers::name);
        Optional<Boolean> isDefault = members.require("isDefault", MemberRule.bool());
        Optional<WorkerMachine> machine = machineNeeded
                ? members.require("astroMachine", WorkerQueueMembers::machine)
                : members.readUnlessEmpty("astroMachine", WorkerQueueMembers::machine);
        Optional<Integer> min = members.require("minWorkerCount", within(DeploymentOptions.minWorkers()));
        Optional<Integer> max = members.require("maxWorkerCount", within(DeploymentOptions.maxWorkers()));
        Optional<Integer> concurrency = concurrency(members, machine, machineNeeded);
        Optional<String> storage = members.readUnlessEmpty("podEphemeralStorage", WorkerQueueMembers::storage);
        members.finish(withUnread(machine));
        if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
            members.refuse(
                    "minWorkerCount",
                    "max",
                    "must be at most maxWorkerCount, given " + min.get() + " and " + max.get());
            return Optional.empty();
        }
        if (name.isEmpty() || isDefault.isEmpty() || concurrency.isEmpty() || min.isEmpty()) {
            return Optional.empty();
        }
        return max.map(most -> new WantedQueue(
                id,
                name.get(),
                isDefault.get(),
                machine.map(WorkerMachine::name),
                min.get(),
                most,
                concurrency.get(),
                storage));
    }

    /// How many are allowed depends on the machine; where that is kept, only the ends of all ranges are known here.
    private static Optional<Integer> concurrency(
            Members members, Optional<WorkerMachine> machine, boolean machineNeeded) {
        Optional<DeploymentOptions.Range> known = machine.map(WorkerMachine::concurrency);
        return (machineNeeded ? known : known.or(() -> Optional.of(DeploymentOptions.anyConcurrency())))
                .flatMap(range -> members.require("workerConcurrency", within(range)));
    }

    private static Optional<String> name(Member member) {
        return TextRule.line(1, WantedQueue.NAME_MAX)
                .read(member)
                .flatMap(text -> WantedQueue.isName(text)
                        ? Optional.of(text)
                        : member.refuseGiven("form", "must hold lower-case letters and hyphens only"));
    }

    private static Optional<String> storage(Member member) {
        return Optional.ofNullable(member.value().textValue())
                .filter(STORAGE::contains)
                .or(() -> member.refuseGiven(
                        "range",
                        "must be " + STORAGE.resource().words() + ", from " + STORAGE.floor() + " to "
                                + STORAGE.ceiling()));
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
