package io.headgate.deployment;

import io.headgate.deployment.DeploymentOptions.WorkerMachine;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What worker queues become when a list replaces them; those that are meant again keep their ids (Q2, Q3, Q8).
final class QueuePlan {
    private static final String LIST = "workerQueues";

    private final List<WorkerQueue> current;
    private final IdMinter ids;
    private final List<Problem.FieldError> errors;

    /// @param errors where everything wrong is noted
    QueuePlan(List<WorkerQueue> current, IdMinter ids, List<Problem.FieldError> errors) {
        this.current = current;
        this.ids = ids;
        this.errors = errors;
    }

    /// The queues of a Deployment whose executor has some; to be used only if nothing wrong was noted.
    List<WorkerQueue> by(Optional<List<WantedQueue>> wanted) {
        if (wanted.isEmpty()) {
            return current.isEmpty() ? made(List.of(DeploymentOptions.defaultQueue())) : current;
        }
        if (wanted.get().isEmpty()) {
            refuse(LIST, "default", "must hold at least the queue named " + DeploymentOptions.DEFAULT_QUEUE);
            return current;
        }
        return made(wanted.get());
    }

    private List<WorkerQueue> made(List<WantedQueue> wanted) {
        refuseOtherDefault(wanted);
        List<WorkerQueue> next = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < wanted.size(); i++) {
            String path = LIST + "[" + i + "]";
            if (isFit(path, wanted.get(i), names)) {
                queue(path, wanted.get(i)).ifPresent(next::add);
            }
        }
        return List.copyOf(next);
    }

    private void refuseOtherDefault(List<WantedQueue> wanted) {
        List<String> defaults = wanted.stream()
                .filter(WantedQueue::isDefault)
                .map(WantedQueue::name)
                .toList();
        if (!defaults.equals(List.of(DeploymentOptions.DEFAULT_QUEUE))) {
            refuse(
                    LIST,
                    "default",
                    "must hold exactly one default queue, and its name must be " + DeploymentOptions.DEFAULT_QUEUE);
        }
    }

    /// What can be said of a queue by itself, and of its name beside those before it.
    private boolean isFit(String path, WantedQueue wanted, Set<String> names) {
        int before = errors.size();
        if (!WantedQueue.isName(wanted.name())) {
            refuse(
                    path + ".name",
                    "form",
                    "must be 1–" + WantedQueue.NAME_MAX + " lower-case letters and hyphens, given '" + wanted.name()
                            + "'");
        } else if (!names.add(wanted.name())) {
            refuse(path + ".name", "unique", "must appear once in the list, given '" + wanted.name() + "' again");
        }
        refuseOutside(path + ".minWorkerCount", wanted.minWorkerCount(), DeploymentOptions.minWorkers());
        refuseOutside(path + ".maxWorkerCount", wanted.maxWorkerCount(), DeploymentOptions.maxWorkers());
        if (wanted.minWorkerCount() > wanted.maxWorkerCount()) {
            refuse(
                    path + ".minWorkerCount",
                    "max",
                    "must be at most maxWorkerCount, given " + wanted.minWorkerCount() + " and "
                            + wanted.maxWorkerCount());
        }
        return errors.size() == before;
    }

    private void refuseOutside(String path, int number, DeploymentOptions.Range range) {
        if (!range.contains(number)) {
            refuse(
                    path,
                    "range",
                    "must be a whole number from " + range.floor() + " to " + range.ceiling() + ", given " + number);
        }
    }

    private Optional<WorkerQueue> queue(String path, WantedQueue wanted) {
        Optional<WorkerQueue> byId = wanted.id()
                .flatMap(id ->
                        current.stream().filter(queue -> queue.id().equals(id)).findFirst());
        if (byId.isPresent() && !byId.get().name().equals(wanted.name())) {
            return refuse(
                    path + ".name",
                    "fixed",
                    "cannot be changed, given '" + wanted.name() + "' for the queue '"
                            + byId.get().name() + "': make a new queue");
        }
        Optional<WorkerQueue> before = byId.or(() -> current.stream()
                .filter(queue -> queue.name().equals(wanted.name()))
                .findFirst());
        if (wanted.id().isPresent() && before.isEmpty()) {
            return refuse(
                    path + ".id",
                    "unknown",
                    "names no queue of this Deployment; leave it out to make a queue, given '"
                            + wanted.id().get() + "'");
        }
        Optional<WorkerMachine> machine = wanted.astroMachine()
                .or(() -> before.map(WorkerQueue::astroMachine))
                .flatMap(DeploymentOptions::workerMachine);
        if (machine.isEmpty()) {
            return refuse(path + ".astroMachine", "required", "is required for a new queue");
        }
        DeploymentOptions.Range concurrency = machine.get().concurrency();
        if (!concurrency.contains(wanted.workerConcurrency())) {
            return refuse(
                    path + ".workerConcurrency",
                    "range",
                    "must be a whole number from " + concurrency.floor() + " to " + concurrency.ceiling() + " for "
                            + machine.get().name() + ", given " + wanted.workerConcurrency());
        }
        return Optional.of(new WorkerQueue(
                before.map(WorkerQueue::id).orElseGet(ids::workerQueue),
                wanted.name(),
                wanted.isDefault(),
                machine.get().name(),
                wanted.minWorkerCount(),
                wanted.maxWorkerCount(),
                wanted.workerConcurrency(),
                machine.get().cpu(),
                machine.get().memory(),
                wanted.podEphemeralStorage().or(() -> before.flatMap(WorkerQueue::podEphemeralStorage))));
    }

    private <T> Optional<T> refuse(String path, String code, String requirement) {
        errors.add(new Problem.FieldError(path, code, path + " " + requirement));
        return Optional.empty();
    }
}
