package io.headgate.deployment;

import io.headgate.access.Authorship;
import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.deployment.variable.EnvironmentVariable;
import io.headgate.deployment.variable.VariableReplacement;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.Problem;
import io.headgate.organization.Workspace;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Makes Deployments out of what people want: ids, a namespace, secrets of their own, and everything that nobody named.
final class DeploymentDrafts {
    private final IdMinter ids;
    private final Clock clock;
    private final SecureRandom random;
    private final NamespaceMinter namespaces;
    private final DeploymentPlan.Rules rules;

    DeploymentDrafts(IdMinter ids, Clock clock, SecureRandom random, DeploymentPlan.Rules rules) {
        this.ids = ids;
        this.clock = clock;
        this.random = random;
        this.namespaces = new NamespaceMinter(random);
        this.rules = rules;
    }

    /// What is wanted as it would be stored; refuses what is wrong with it with a 400 that names the members.
    ///
    /// @param taken whether a namespace belongs to another Deployment, also a deleted one
    DeploymentDraft of(Workspace workspace, Caller caller, NewDeployment wanted, Predicate<String> taken) {
        List<Problem.FieldError> errors = new ArrayList<>();
        List<EnvironmentVariable> given =
                new VariableReplacement(List.of(), rules.reserved(), clock.instant(), errors).by(wanted.variables());
        List<WorkerQueue> queues = wanted.executor().hasWorkerQueues()
                ? new QueuePlan(List.of(), ids, errors)
                        .by(Optional.of(wanted.workerQueues()).filter(asked -> !asked.isEmpty()))
                : List.of();
        if (!errors.isEmpty()) {
            throw Problem.invalidFields(errors).asException();
        }
        Deployment deployment = new Deployment(
                new Scope.OfDeployment(workspace.organizationId(), workspace.id(), ids.deployment()),
                workspace.name(),
                Stream.generate(namespaces::mint)
                        .filter(namespace -> !taken.test(namespace))
                        .findFirst()
                        .orElseThrow(),
                wanted.name(),
                wanted.description(),
                wanted.release(),
                new DeploymentSettings(
                        wanted.executor(),
                        wanted.schedulerSize(),
                        wanted.highAvailability(),
                        wanted.developmentMode(),
                        wanted.cicdEnforced().orElse(workspace.cicdEnforcedDefault()),
                        wanted.dagDeployEnabled(),
                        wanted.cloudProvider(),
                        wanted.region(),
                        wanted.taskPod(),
                        wanted.contactEmails(),
                        queues,
                        wanted.pythonRequirements()),
                DeploymentPlan.shown(given),
                DeploymentStatus.CREATING,
                "Waiting for its turn to start",
                Optional.empty(),
                Optional.empty(),
                Authorship.createdBy(caller.subject(), clock.instant()));
        return new DeploymentDraft(deployment, AirflowSecrets.mint(random), wanted.dagsPausedAtCreation(), given);
    }
}
