package io.headgate.deployment;

import io.headgate.deployment.DeploymentSettings.TaskPod;
import io.headgate.deployment.variable.EnvironmentVariable;
import io.headgate.deployment.variable.ReservedVariables;
import io.headgate.deployment.variable.ShownVariable;
import io.headgate.deployment.variable.VariableReplacement;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a Deployment would be after a change, all of it valid; touches nothing.
///
/// @param deployment with its variables as everybody may see them
/// @param variables with their values
/// @param restarts whether Airflow must start again for it: variables or packages have changed
record DeploymentPlan(
        DeploymentStore.Run before,
        List<EnvironmentVariable> variablesBefore,
        Deployment deployment,
        List<EnvironmentVariable> variables,
        boolean restarts) {

    /// What plans need beside the Deployment.
    record Rules(IdMinter ids, ReservedVariables reserved) {}

    /// Throws the problem that names everything wrong with the change.
    static DeploymentPlan of(
            DeploymentStore.Run before,
            List<EnvironmentVariable> variablesBefore,
            DeploymentChange change,
            Rules rules,
            Instant now) {
        List<Problem.FieldError> errors = new ArrayList<>();
        Deployment current = before.deployment();
        List<EnvironmentVariable> variables = change.variables()
                .map(wanted -> new VariableReplacement(variablesBefore, rules.reserved(), now, errors).by(wanted))
                .orElse(variablesBefore);
        Deployment next = new Deployment(
                current.scope(),
                current.workspaceName(),
                current.namespace(),
                change.name().orElse(current.name()),
                change.description().or(current::description),
                current.release(),
                settings(current.settings(), change, rules, errors),
                variables.equals(variablesBefore) ? current.variables() : shown(variables),
                current.status(),
                current.statusReason(),
                current.liveBundle(),
                current.desiredBundle(),
                current.authorship());
        refuseWhatIsFixed(before, change, next, errors);
        if (!errors.isEmpty()) {
            throw Problem.invalidFields(errors).asException();
        }
        boolean restarts = !variables.equals(variablesBefore)
                || !next.settings()
                        .pythonRequirements()
                        .equals(current.settings().pythonRequirements());
        DeploymentPlan plan = new DeploymentPlan(before, variablesBefore, next, variables, restarts);
        plan.refuseWhileCreating();
        return plan;
    }

    /// Whether anything at all is different.
    boolean changesAnything() {
        return restarts || !deployment.equals(before.deployment());
    }

    /// What the audit log holds of it (U6, U7): keys of variables that are different, never a value.
    Map<String, Object> recorded() {
        Map<String, Boolean> keys = new TreeMap<>();
        variables.stream()
                .filter(variable -> !variablesBefore.contains(variable))
                .forEach(variable -> keys.put(variable.key(), variable.secret()));
        variablesBefore.stream()
                .filter(variable -> !variables.contains(variable))
                .forEach(variable -> keys.putIfAbsent(variable.key(), variable.secret()));
        return Map.of("name", deployment.name(), "environmentVariables", ShownVariable.recorded(keys));
    }

    boolean renames() {
        return !deployment.name().equals(before.deployment().name());
    }

    /// Requirements that are to be resolved before this can be done.
    Optional<String> newRequirements() {
        return deployment
                .settings()
                .pythonRequirements()
                .filter(requirements ->
                        !before.deployment().settings().pythonRequirements().equals(Optional.of(requirements)));
    }

    boolean requiresPackages() {
        return deployment.settings().pythonRequirements().isPresent();
    }

    /// Keys of secrets that have another value, or are secrets from now on.
    List<String> changedSecrets() {
        return variables.stream()
                .filter(EnvironmentVariable::secret)
                .filter(variable -> !variablesBefore.contains(variable))
                .map(EnvironmentVariable::key)
                .toList();
    }

    static List<ShownVariable> shown(List<EnvironmentVariable> variables) {
        return variables.stream()
                .map(variable -> new ShownVariable(
                        variable.key(),
                        variable.secret()
                                ? Optional.empty()
                                : Optional.of(variable.value().reveal()),
                        variable.secret(),
                        variable.updatedAt()))
                .toList();
    }

    private static DeploymentSettings settings(
            DeploymentSettings current, DeploymentChange change, Rules rules, List<Problem.FieldError> errors) {
        Executor executor = change.executor().orElse(current.executor());
        TaskPod taskPod = change.taskPod().of(current.taskPod());
        refuseAbove(ResourceRange.Resource.CPU, "Cpu", taskPod.cpu(), taskPod.quotaCpu(), errors);
        refuseAbove(ResourceRange.Resource.MEMORY, "Memory", taskPod.memory(), taskPod.quotaMemory(), errors);
        return new DeploymentSettings(
                executor,
                change.schedulerSize().orElse(current.schedulerSize()),
                change.highAvailability().orElse(current.highAvailability()),
                change.developmentMode().orElse(current.developmentMode()),
                change.cicdEnforced().orElse(current.cicdEnforced()),
                change.dagDeployEnabled().orElse(current.dagDeployEnabled()),
                current.cloudProvider(),
                current.region(),
                taskPod,
                change.contactEmails().orElse(current.contactEmails()),
                executor.hasWorkerQueues()
                        ? new QueuePlan(current.workerQueues(), rules.ids(), errors).by(change.workerQueues())
                        : List.of(),
                change.pythonRequirements()
                        .map(text -> Optional.of(text).filter(requirements -> !requirements.isBlank()))
                        .orElse(current.pythonRequirements()));
    }

    private static void refuseWhatIsFixed(
            DeploymentStore.Run before, DeploymentChange change, Deployment next, List<Problem.FieldError> errors) {
        DeploymentSettings was = before.deployment().settings();
        DeploymentSettings is = next.settings();
        change.workspaceId()
                .filter(id -> !id.equals(next.scope().workspaceId()))
                .ifPresent(id -> refuse(
                        errors,
                        "workspaceId",
                        "cannot be changed: the Deployment is in Workspace "
                                + next.scope().workspaceId() + ", given " + id));
        if (is.developmentMode() && !was.developmentMode()) {
            refuse(errors, "isDevelopmentMode", "can be switched off but not on: it is chosen at creation");
        }
        if (was.cicdEnforced() && is.cicdEnforced() && is.dagDeployEnabled() != was.dagDeployEnabled()) {
            refuse(
                    errors,
                    "isDagDeployEnabled",
                    "cannot be changed while isCicdEnforced is true: switch enforcement off first");
        }
        if (is.pythonRequirements().isPresent()
                && !is.pythonRequirements().equals(was.pythonRequirements())
                && before.code().flatMap(DesiredCode::python).isPresent()) {
            refuse(
                    errors,
                    "pythonRequirements",
                    "cannot be set: the code of this Deployment brings a requirements.txt of its own, and only one of"
                            + " the two may say which packages there are");
        }
    }

    /// While Airflow comes up for the first time nothing may change (P5), but for what the stock command line sends
    /// right after it has created a Deployment from a file: variables and contact e-mails.
    private void refuseWhileCreating() {
        Deployment was = before.deployment();
        if (was.status() == DeploymentStatus.CREATING
                && (renames()
                        // clients that read nothing send an empty one
                        || !deployment
                                .description()
                                .orElse("")
                                .equals(was.description().orElse(""))
                        || !withoutEmails(deployment.settings()).equals(withoutEmails(was.settings())))) {
            throw Problem.conflict(
                            Deployments.CREATING,
                            "the Deployment is still being created: until it is HEALTHY only environmentVariables and"
                                    + " contactEmails can be changed")
                    .asException();
        }
    }

    private static DeploymentSettings withoutEmails(DeploymentSettings settings) {
        return new DeploymentSettings(
                settings.executor(),
                settings.schedulerSize(),
                settings.highAvailability(),
                settings.developmentMode(),
                settings.cicdEnforced(),
                settings.dagDeployEnabled(),
                settings.cloudProvider(),
                settings.region(),
                settings.taskPod(),
                List.of(),
                settings.workerQueues(),
                settings.pythonRequirements());
    }

    private static void refuseAbove(
            ResourceRange.Resource resource,
            String suffix,
            String size,
            String quota,
            List<Problem.FieldError> errors) {
        if (resource.amount(size).orElseThrow().compareTo(resource.amount(quota).orElseThrow()) > 0) {
            refuse(
                    errors,
                    "defaultTaskPod" + suffix,
                    "must be at most resourceQuota" + suffix + ", given " + size + " and " + quota);
        }
    }

    private static void refuse(List<Problem.FieldError> errors, String field, String requirement) {
        errors.add(new Problem.FieldError(field, "refused", field + " " + requirement));
    }
}
