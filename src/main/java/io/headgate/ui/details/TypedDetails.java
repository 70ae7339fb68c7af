package io.headgate.ui.details;

import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentChange;
import io.headgate.deployment.DeploymentOptions;
import io.headgate.deployment.NewDeployment;
import io.headgate.deployment.TaskPodChange;
import io.headgate.deployment.WantedQueue;
import io.headgate.kernel.Id;
import io.headgate.kernel.WorkerQueueId;
import io.headgate.ui.session.Form;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import io.headgate.web.TextRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The form of a Deployment's settings, as it is filled in and as somebody sent it.
record TypedDetails(
        String name, String description, boolean cicdEnforced, String pythonRequirements, List<QueueRow> queues) {
    TypedDetails {
        queues = List.copyOf(queues);
    }

    static TypedDetails of(Deployment deployment) {
        List<QueueRow> queues = new ArrayList<>();
        deployment
                .settings()
                .workerQueues()
                .forEach(queue -> queues.add(QueueRow.of(Integer.toString(queues.size()), queue)));
        return new TypedDetails(
                deployment.name(),
                deployment.description().orElse(""),
                deployment.settings().cicdEnforced(),
                deployment.settings().pythonRequirements().orElse(""),
                queues);
    }

    /// Without queues that were removed, and those that got no name.
    static TypedDetails sent(Form form) {
        Set<String> removed = Set.copyOf(form.all("remove"));
        List<QueueRow> queues = new ArrayList<>();
        form.all("row").stream()
                .distinct()
                .filter(id -> !removed.contains(id))
                .map(id -> queue(form, id))
                .filter(row -> !row.name().isEmpty())
                .forEach(row -> queues.add(row.at(queues.size())));
        return new TypedDetails(
                form.text("name"),
                form.text("description"),
                form.has("cicdEnforced"),
                form.text("pythonRequirements"),
                queues);
    }

    private static QueueRow queue(Form form, String id) {
        return new QueueRow(
                id,
                form.text("queue-" + id),
                form.text("name-" + id).strip(),
                form.text("astroMachine-" + id),
                form.text("workerConcurrency-" + id),
                form.text("minWorkerCount-" + id),
                form.text("maxWorkerCount-" + id));
    }

    /// What it asks for; throws the 400 that names every field that cannot be read.
    DeploymentChange change(Deployment current) {
        Members members = Form.membersOf(fields());
        Optional<String> newName = members.require("name", TextRule.line(1, NewDeployment.NAME_MAX));
        Optional<String> newDescription = members.read("description", TextRule.lines(NewDeployment.DESCRIPTION_MAX));
        Optional<String> requirements =
                members.read("pythonRequirements", TextRule.lines(NewDeployment.REQUIREMENTS_MAX));
        List<WantedQueue> wanted = new ArrayList<>();
        queues.forEach(row -> wanted(members, row).ifPresent(wanted::add));
        members.throwIfWrong();
        return new DeploymentChange(
                Optional.empty(),
                newName,
                newDescription.or(() -> current.description().map(_ -> "")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(cicdEnforced),
                Optional.empty(),
                TaskPodChange.none(),
                Optional.empty(),
                Optional.of(wanted).filter(_ -> current.settings().executor().hasWorkerQueues()),
                Optional.empty(),
                Optional.of(requirements.map(String::strip).orElse("")));
    }

    private static Optional<WantedQueue> wanted(Members members, QueueRow row) {
        Optional<Integer> concurrency = number(members, row.concurrencyField(), DeploymentOptions.anyConcurrency());
        Optional<Integer> minimum = number(members, row.minimumField(), DeploymentOptions.minWorkers());
        Optional<Integer> maximum = number(members, row.maximumField(), DeploymentOptions.maxWorkers());
        if (concurrency.isEmpty() || minimum.isEmpty()) {
            return Optional.empty();
        }
        return maximum.map(most -> new WantedQueue(
                Optional.of(row.queueId()).filter(Id::isWellFormed).map(WorkerQueueId::new),
                row.name(),
                row.isDefault(),
                Optional.of(row.machine()).filter(machine -> !machine.isEmpty()),
                minimum.get(),
                most,
                concurrency.get(),
                Optional.empty()));
    }

    private static Optional<Integer> number(Members members, String field, DeploymentOptions.Range range) {
        return members.require(field, MemberRule.typedInteger(range.floor(), range.ceiling()));
    }

    private Stream<Form.Field> fields() {
        return Stream.concat(
                Stream.of(
                        new Form.Field("name", name),
                        new Form.Field("description", description),
                        new Form.Field("pythonRequirements", pythonRequirements)),
                queues.stream()
                        .flatMap(row -> Stream.of(
                                new Form.Field(row.concurrencyField(), row.concurrency()),
                                new Form.Field(row.minimumField(), row.minimum()),
                                new Form.Field(row.maximumField(), row.maximum()))));
    }
}
