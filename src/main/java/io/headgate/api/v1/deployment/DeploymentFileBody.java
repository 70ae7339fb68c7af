package io.headgate.api.v1.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headgate.api.http.DocumentBody;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentChange;
import io.headgate.deployment.DeploymentFile;
import io.headgate.deployment.DeploymentOptions;
import io.headgate.deployment.variable.WantedVariable;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a Deployment file for a Deployment that is there: turns it into an update of the API, so that both are checked
/// by the same rules.
final class DeploymentFileBody {
    private static final int QUEUES_MAX = 50;
    private static final int EMAILS_MAX = 100;

    /// Read-only (F10), or ours to know.
    private static final Set<String> QUEUE_MODEL = Set.of("id", "is_default", "pod_cpu", "pod_ram");

    private final Deployment current;
    private final ObjectNode update = JsonNodeFactory.instance.objectNode();
    private final List<String> warnings = new ArrayList<>();

    private DeploymentFileBody(Deployment current) {
        this.current = current;
    }

    /// @param warnings what of the file will not happen, or may surprise
    record FileUpdate(DeploymentChange change, List<String> warnings) {}

    /// Throws the 400 that names everything wrong by its place in the file.
    static FileUpdate read(DocumentBody body, Deployment current) {
        Members root = body.members();
        DeploymentFileBody file = new DeploymentFileBody(current);
        root.require(DeploymentFile.TOP, MemberRule.object(file::document));
        root.finish(Set.of());
        root.throwIfWrong();
        DeploymentChange change = FilePaths.inFileWords(() -> UpdateDeploymentBody.readPart(Members.of(file.update)));
        return new FileUpdate(change, List.copyOf(file.warnings));
    }

    private Optional<ObjectNode> document(Members document) {
        document.require("configuration", MemberRule.object(this::configuration));
        environment(document);
        queues(document);
        document.read("alert_emails", FileRules.listOf(EMAILS_MAX, FileRules.text()))
                .ifPresent(emails -> update.set("contactEmails", array(emails)));
        refuseHibernation(document);
        document.finish(Set.of("metadata"));
        return Optional.of(update);
    }

    private Optional<ObjectNode> configuration(Members section) {
        put("name", section.require("name", FileRules.text()));
        put("executor", section.require("executor", FileRules.executor()));
        put("description", section.read("description", FileRules.text()));
        put("schedulerSize", section.read("scheduler_size", FileRules.name()));
        put("isDagDeployEnabled", section.read("dag_deploy_enabled", FileRules.bool()));
        put("isCicdEnforced", section.read("ci_cd_enforcement", FileRules.bool()));
        put("isHighAvailability", section.read("is_high_availability", FileRules.bool()));
        put("isDevelopmentMode", section.read("is_development_mode", FileRules.bool()));
        put("defaultTaskPodCpu", section.read("default_task_pod_cpu", FileRules.text()));
        put("defaultTaskPodMemory", section.read("default_task_pod_memory", FileRules.text()));
        put("resourceQuotaCpu", section.read("resource_quota_cpu", FileRules.text()));
        put("resourceQuotaMemory", section.read("resource_quota_memory", FileRules.text()));
        put("pythonRequirements", section.read("python_requirements", FileRules.text()));
        new FixedInFile(current, section, warnings).check();
        refuseHibernation(section);
        section.refuseUnlessEmpty("remote_execution", "is not offered: tasks run where the Deployment's Airflow runs");
        section.finish(Set.of());
        return Optional.of(update);
    }

    /// F6: what is not in the file is deleted, and a file without the section has none.
    private void environment(Members document) {
        Optional<List<JsonNode>> variables = document.read(
                "environment_variables", FileRules.listOf(WantedVariable.COUNT_MAX, MemberRule.object(this::variable)));
        update.set("environmentVariables", array(variables.orElse(List.of())));
        if (variables.isEmpty() && !current.variables().isEmpty()) {
            warnings.add("deployment.environment_variables is not in the file: all "
                    + current.variables().size() + " variables of the Deployment are deleted");
        }
    }

    private Optional<JsonNode> variable(Members entry) {
        ObjectNode variable = JsonNodeFactory.instance.objectNode();
        Optional<JsonNode> key = entry.require("key", FileRules.exactText());
        key.ifPresent(node -> variable.set("key", node));
        variable.set(
                "isSecret",
                entry.read("is_secret", FileRules.bool()).orElse(JsonNodeFactory.instance.booleanNode(false)));
        entry.read("value", FileRules.exactText()).ifPresent(node -> variable.set("value", node));
        entry.finish(Set.of("updated_at"));
        return key.map(_ -> variable);
    }

    /// An empty list says no more than none: there is always the default queue.
    private void queues(Members document) {
        document.read("worker_queues", FileRules.listOf(QUEUES_MAX, MemberRule.object(this::queue)))
                .filter(queues -> !queues.isEmpty())
                .ifPresent(queues -> {
                    if ("KUBERNETES".equals(update.path("executor").textValue())) {
                        document.refuse(
                                "worker_queues", "not-taken", "must be absent: the executor KUBERNETES has no queues");
                    }
                    update.set("workerQueues", array(queues));
                });
    }

    private Optional<JsonNode> queue(Members entry) {
        ObjectNode queue = JsonNodeFactory.instance.objectNode();
        Optional<JsonNode> name = entry.require("name", FileRules.text());
        Optional<JsonNode> type = entry.require("worker_type", FileRules.text());
        Optional<JsonNode> min = entry.read("min_worker_count", FileRules.number());
        Optional<JsonNode> max = entry.read("max_worker_count", FileRules.number());
        Optional<JsonNode> concurrency = entry.read("worker_concurrency", FileRules.number());
        Optional<JsonNode> storage = entry.read("pod_ephemeral_storage", FileRules.text());
        entry.finish(QUEUE_MODEL);
        if (name.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        queue.set("name", name.get());
        queue.set("astroMachine", type.get());
        queue.put("isDefault", DeploymentOptions.DEFAULT_QUEUE.equals(name.get().textValue()));
        int tasks = DeploymentOptions.workerMachine(type.get().textValue())
                .map(machine -> machine.concurrency().fallback())
                .orElse(1);
        queue.set("minWorkerCount", orElse(min, DeploymentOptions.minWorkers().fallback()));
        queue.set("maxWorkerCount", orElse(max, DeploymentOptions.maxWorkers().fallback()));
        queue.set("workerConcurrency", orElse(concurrency, tasks));
        storage.ifPresent(node -> queue.set("podEphemeralStorage", node));
        return Optional.of(queue);
    }

    private static void refuseHibernation(Members section) {
        section.refuseUnlessEmpty(
                "hibernation_schedules", "is not offered by this version: there is no hibernation yet");
    }

    private void put(String name, Optional<JsonNode> value) {
        value.ifPresent(node -> update.set(name, node));
    }

    private static ArrayNode array(List<JsonNode> elements) {
        return JsonNodeFactory.instance.arrayNode().addAll(elements);
    }

    private static JsonNode orElse(Optional<JsonNode> given, int fallback) {
        return given.orElseGet(() -> JsonNodeFactory.instance.numberNode(fallback));
    }
}
