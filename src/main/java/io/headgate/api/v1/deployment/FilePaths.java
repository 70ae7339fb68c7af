package io.headgate.api.v1.deployment;

import io.headgate.kernel.Problem;
import io.headgate.kernel.ProblemException;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Where in a Deployment file the members of an update come from, so that what is wrong is named as people wrote it.
final class FilePaths {
    private static final String CONFIGURATION = "deployment.configuration.";

    private static final Map<String, String> TOP = Map.ofEntries(
            Map.entry("name", CONFIGURATION + "name"),
            Map.entry("description", CONFIGURATION + "description"),
            Map.entry("executor", CONFIGURATION + "executor"),
            Map.entry("schedulerSize", CONFIGURATION + "scheduler_size"),
            Map.entry("isDagDeployEnabled", CONFIGURATION + "dag_deploy_enabled"),
            Map.entry("isCicdEnforced", CONFIGURATION + "ci_cd_enforcement"),
            Map.entry("isHighAvailability", CONFIGURATION + "is_high_availability"),
            Map.entry("isDevelopmentMode", CONFIGURATION + "is_development_mode"),
            Map.entry("defaultTaskPodCpu", CONFIGURATION + "default_task_pod_cpu"),
            Map.entry("defaultTaskPodMemory", CONFIGURATION + "default_task_pod_memory"),
            Map.entry("resourceQuotaCpu", CONFIGURATION + "resource_quota_cpu"),
            Map.entry("resourceQuotaMemory", CONFIGURATION + "resource_quota_memory"),
            Map.entry("pythonRequirements", CONFIGURATION + "python_requirements"),
            Map.entry("contactEmails", "deployment.alert_emails"),
            Map.entry("environmentVariables", "deployment.environment_variables"),
            Map.entry("workerQueues", "deployment.worker_queues"));

    private static final Map<String, String> WITHIN = Map.of(
            "isSecret", "is_secret",
            "astroMachine", "worker_type",
            "minWorkerCount", "min_worker_count",
            "maxWorkerCount", "max_worker_count",
            "workerConcurrency", "worker_concurrency",
            "podEphemeralStorage", "pod_ephemeral_storage");

    /// First member, and the rest of a path such as `workerQueues[0].minWorkerCount`.
    private static final Pattern REST = Pattern.compile("(?=[\\[.])");

    private FilePaths() {}

    /// Does something whose problems name members of an update.
    static <T> T inFileWords(Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            if (e.problem().fieldErrors().isEmpty()) {
                throw e;
            }
            throw Problem.invalidFields(e.problem().fieldErrors().stream()
                            .map(FilePaths::inFileWords)
                            .toList())
                    .asException();
        }
    }

    private static Problem.FieldError inFileWords(Problem.FieldError error) {
        String path = path(error.field());
        String message = error.message().startsWith(error.field() + " ")
                ? path + error.message().substring(error.field().length())
                : error.message();
        for (Map.Entry<String, String> name : WITHIN.entrySet()) {
            message = message.replace(" " + name.getKey() + ",", " " + name.getValue() + ",");
        }
        for (String name : new String[] {"resourceQuotaCpu", "resourceQuotaMemory", "isCicdEnforced"}) {
            message = message.replace(" " + name, " " + TOP.get(name));
        }
        return new Problem.FieldError(path, error.code(), message);
    }

    private static String path(String field) {
        String[] parts = REST.split(field, 2);
        String path = TOP.getOrDefault(parts[0], parts[0]);
        if (parts.length == 1) {
            return path;
        }
        int dot = parts[1].indexOf('.');
        return path
                + (dot < 0
                        ? parts[1]
                        : parts[1].substring(0, dot + 1)
                                + WITHIN.getOrDefault(parts[1].substring(dot + 1), parts[1].substring(dot + 1)));
    }
}
