package io.headgate.deployment;

import io.headgate.deployment.variable.ShownVariable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A Deployment as a file that people keep beside their code (F1, F2); the values of secrets are empty (F8).
public final class DeploymentFile {
    /// The one member at the top of the document.
    public static final String TOP = "deployment";

    /// The only kind that files of this version describe, as their readers name it.
    private static final String TYPE = "STANDARD";

    private static final String NOT_APPLICABLE = "N/A";

    private DeploymentFile() {}

    /// The whole of one Deployment.
    public static Map<String, Object> of(Deployment deployment, DeploymentAddresses addresses) {
        Map<String, Object> document = document(deployment.name(), deployment, deployment.variables());
        document.put("metadata", metadata(deployment, addresses));
        return Map.of(TOP, document);
    }

    /// What others can be made from: without name, metadata and secrets (Z13).
    public static Map<String, Object> templateOf(Deployment deployment) {
        return Map.of(
                TOP,
                document(
                        "",
                        deployment,
                        deployment.variables().stream()
                                .filter(variable -> !variable.secret())
                                .toList()));
    }

    private static Map<String, Object> document(String name, Deployment deployment, List<ShownVariable> variables) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "environment_variables",
                variables.stream().map(DeploymentFile::variable).toList());
        document.put("configuration", configuration(name, deployment));
        if (deployment.settings().executor().hasWorkerQueues()) {
            document.put(
                    "worker_queues",
                    deployment.settings().workerQueues().stream()
                            .map(DeploymentFile::queue)
                            .toList());
        }
        document.put("alert_emails", deployment.settings().contactEmails());
        return document;
    }

    private static Map<String, Object> variable(ShownVariable variable) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("is_secret", variable.secret());
        entry.put("key", variable.key());
        entry.put("updated_at", variable.updatedAt().toString());
        entry.put("value", variable.value().orElse(""));
        return entry;
    }

    private static Map<String, Object> configuration(String name, Deployment deployment) {
        DeploymentSettings settings = deployment.settings();
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("name", name);
        deployment.description().ifPresent(text -> section.put("description", text));
        section.put("runtime_version", deployment.release().version());
        section.put("dag_deploy_enabled", settings.dagDeployEnabled());
        section.put("ci_cd_enforcement", settings.cicdEnforced());
        section.put("scheduler_size", settings.schedulerSize().name());
        section.put("is_high_availability", settings.highAvailability());
        section.put("is_development_mode", settings.developmentMode());
        section.put("executor", settings.executor().name());
        section.put("workspace_name", deployment.workspaceName());
        section.put("deployment_type", TYPE);
        settings.cloudProvider().ifPresent(text -> section.put("cloud_provider", text));
        settings.region().ifPresent(text -> section.put("region", text));
        section.put("default_task_pod_cpu", settings.taskPod().cpu());
        section.put("default_task_pod_memory", settings.taskPod().memory());
        section.put("resource_quota_cpu", settings.taskPod().quotaCpu());
        section.put("resource_quota_memory", settings.taskPod().quotaMemory());
        section.put("python_requirements", settings.pythonRequirements().orElse(""));
        return section;
    }

    private static Map<String, Object> queue(WorkerQueue queue) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", queue.name());
        entry.put("max_worker_count", queue.maxWorkerCount());
        entry.put("min_worker_count", queue.minWorkerCount());
        entry.put("worker_concurrency", queue.workerConcurrency());
        entry.put("worker_type", queue.astroMachine());
        queue.podEphemeralStorage().ifPresent(text -> entry.put("pod_ephemeral_storage", text));
        return entry;
    }

    private static Map<String, Object> metadata(Deployment deployment, DeploymentAddresses addresses) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("deployment_id", deployment.id().value());
        section.put("workspace_id", deployment.scope().workspaceId().value());
        section.put("cluster_id", NOT_APPLICABLE);
        section.put("release_name", NOT_APPLICABLE);
        section.put("airflow_version", deployment.release().airflowVersion());
        section.put("current_tag", "");
        section.put("status", deployment.status().name());
        section.put("created_at", deployment.authorship().createdAt().toString());
        section.put("updated_at", deployment.authorship().updatedAt().toString());
        section.put("webserver_url", addresses.browserWithoutScheme(deployment.namespace()));
        section.put("airflow_api_url", addresses.airflowApiWithoutScheme(deployment.namespace()));
        return section;
    }
}
