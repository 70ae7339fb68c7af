package io.headgate.ui.details;

import io.headgate.deployment.DeploymentOptions;
import io.headgate.deployment.WorkerQueue;

/// A worker queue as a line of the form; numbers as typed.
///
/// @param id ends the names of its fields
/// @param queueId of the queue that is there, whose name stays; empty for a new one
record QueueRow(
        String id, String queueId, String name, String machine, String concurrency, String minimum, String maximum) {

    static QueueRow of(String id, WorkerQueue queue) {
        return new QueueRow(
                id,
                queue.id().value(),
                queue.name(),
                queue.astroMachine(),
                Integer.toString(queue.workerConcurrency()),
                Integer.toString(queue.minWorkerCount()),
                Integer.toString(queue.maxWorkerCount()));
    }

    static QueueRow blank(String id) {
        DeploymentOptions.WorkerMachine machine =
                DeploymentOptions.workerMachines().getFirst();
        return new QueueRow(
                id,
                "",
                "",
                machine.name(),
                Integer.toString(machine.concurrency().fallback()),
                Integer.toString(DeploymentOptions.minWorkers().fallback()),
                Integer.toString(DeploymentOptions.maxWorkers().fallback()));
    }

    QueueRow at(int index) {
        return new QueueRow(Integer.toString(index), queueId, name, machine, concurrency, minimum, maximum);
    }

    public boolean isFresh() {
        return queueId.isEmpty();
    }

    /// Every Deployment has it.
    public boolean isDefault() {
        return name.equals(DeploymentOptions.DEFAULT_QUEUE);
    }

    public String nameField() {
        return "name-" + id;
    }

    public String machineField() {
        return "astroMachine-" + id;
    }

    public String concurrencyField() {
        return "workerConcurrency-" + id;
    }

    public String minimumField() {
        return "minWorkerCount-" + id;
    }

    public String maximumField() {
        return "maxWorkerCount-" + id;
    }
}
