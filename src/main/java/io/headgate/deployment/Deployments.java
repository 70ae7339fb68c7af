package io.headgate.deployment;

import io.headgate.access.Authorship;
import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.access.OrganizationPermission;
import io.headgate.access.Reach;
import io.headgate.access.Scope;
import io.headgate.access.WorkspacePermission;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.Problem;
import io.headgate.organization.Organizations;
import io.headgate.organization.Workspace;
import io.headgate.organization.Workspaces;
import io.headgate.storage.SecretBox;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What people can do with Deployments; running them is the runtime's part.
public final class Deployments {
    private final Transactions transactions;
    private final AuditLog audit;
    private final IdMinter ids;
    private final Clock clock;
    private final SecureRandom random;
    private final Workspaces workspaces;
    private final DeploymentAdmission admission;
    private final DeploymentEnd end;
    private final DeploymentLifecycle lifecycle;
    private final SealedSecrets sealedSecrets;
    private final NamespaceMinter namespaces;
    private final DeploymentStore store = new DeploymentStore();

    /// What the use cases need from elsewhere.
    public record Needs(
            Transactions transactions,
            AuditLog audit,
            IdMinter ids,
            Clock clock,
            SecureRandom random,
            SecretBox secretBox,
            Workspaces workspaces,
            DeploymentAdmission admission,
            DeploymentEnd end,
            DeploymentLifecycle lifecycle) {}

    public Deployments(Needs needs) {
        this.transactions = needs.transactions;
        this.audit = needs.audit;
        this.ids = needs.ids;
        this.clock = needs.clock;
        this.random = needs.random;
        this.workspaces = needs.workspaces;
        this.admission = needs.admission;
        this.end = needs.end;
        this.lifecycle = needs.lifecycle;
        this.sealedSecrets = new SealedSecrets(needs.secretBox);
        this.namespaces = new NamespaceMinter(needs.random);
    }

    /// The Deployments that the caller may read: a Deployment token lists exactly its own (R19).
    public Page<Deployment> list(
            Caller caller, OrganizationId organizationId, DeploymentFilter filter, PageRequest request) {
        caller.require(OrganizationPermission.GET, new Scope.OfOrganization(organizationId), Organizations.notFound());
        Reach reach = Reach.holding(DeploymentPermission.GET, caller.principal(), organizationId);
        return transactions.inTransaction(tx -> store.list(tx, organizationId, reach, filter, request));
    }

    public Deployment view(Caller caller, OrganizationId organizationId, DeploymentId id) {
        Deployment deployment = transactions
                .inTransaction(tx -> store.find(tx, organizationId, id))
                .orElseThrow(() -> notFound().asException());
        caller.require(DeploymentPermission.GET, deployment.scope(), notFound());
        return deployment;
    }

    /// Makes a Deployment; its Airflow is started in the background. 409 if the name is taken in its Workspace.
    public Deployment create(Caller caller, OrganizationId organizationId, NewDeployment wanted) {
        Scope.OfWorkspace place = new Scope.OfWorkspace(organizationId, wanted.workspaceId());
        caller.require(WorkspacePermission.DEPLOYMENTS_CREATE, place, Workspaces.notFound());
        return transactions.inTransaction(tx -> {
            Workspace workspace = workspaces
                    .find(tx, organizationId, wanted.workspaceId())
                    .orElseThrow(() -> Workspaces.notFound().asException());
            admission.refusal(store.countForCreation(tx)).ifPresent(problem -> {
                throw problem.asException();
            });
            if (store.nameTaken(tx, workspace.id(), wanted.name())) {
                throw Problem.conflict(
                                "deployment.name-taken",
                                "name '" + wanted.name() + "' is taken by another Deployment of this Workspace")
                        .asException();
            }
            Deployment deployment = fresh(tx, caller, workspace, wanted);
            store.insert(
                    tx,
                    new DeploymentStore.Run(
                            deployment,
                            wanted.dagsPausedAtCreation(),
                            sealedSecrets.seal(deployment.id(), AirflowSecrets.mint(random)),
                            0,
                            Optional.empty(),
                            Optional.empty()));
            audit.append(tx, caller, event("deployment.created", deployment));
            tx.afterwards(() -> lifecycle.changed(deployment.id()));
            return deployment;
        });
    }

    /// Deletes a Deployment: its tokens end with it in the same transaction, its processes stop, its files and database
    /// rest in the trash (P11).
    public void delete(Caller caller, OrganizationId organizationId, DeploymentId id) {
        transactions.useTransaction(tx -> {
            Deployment deployment = store.findForUpdate(tx, organizationId, id)
                    .orElseThrow(() -> notFound().asException());
            caller.require(DeploymentPermission.DELETE, deployment.scope(), notFound());
            store.delete(tx, id, clock.instant());
            end.deploymentDeleted(tx, caller, deployment.scope());
            audit.append(tx, caller, event("deployment.deleted", deployment));
            tx.afterwards(() -> lifecycle.changed(id));
        });
    }

    /// For use cases of things inside a Deployment; decides nothing about rights.
    public Optional<Deployment> find(Transaction transaction, OrganizationId organizationId, DeploymentId id) {
        return store.find(transaction, organizationId, id);
    }

    /// The same, and nobody else changes it until the transaction ends.
    public Optional<Deployment> findForUpdate(Transaction transaction, OrganizationId organizationId, DeploymentId id) {
        return store.findForUpdate(transaction, organizationId, id);
    }

    public static Set<String> sortFields() {
        return DeploymentStore.SORTS.fields();
    }

    public static Problem notFound() {
        return Problem.notFound("Deployment");
    }

    private Deployment fresh(Transaction tx, Caller caller, Workspace workspace, NewDeployment wanted) {
        return new Deployment(
                new Scope.OfDeployment(workspace.organizationId(), workspace.id(), ids.deployment()),
                workspace.name(),
                Stream.generate(namespaces::mint)
                        .filter(namespace -> !store.namespaceTaken(tx, namespace))
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
                        queues(wanted)),
                DeploymentStatus.CREATING,
                "Waiting for its turn to start",
                Optional.empty(),
                Optional.empty(),
                Authorship.createdBy(caller.subject(), clock.instant()));
    }

    private List<WorkerQueue> queues(NewDeployment wanted) {
        if (!wanted.executor().hasWorkerQueues()) {
            return List.of();
        }
        List<NewDeployment.NewWorkerQueue> asked =
                wanted.workerQueues().isEmpty() ? List.of(DeploymentOptions.defaultQueue()) : wanted.workerQueues();
        return asked.stream().map(this::queue).toList();
    }

    private WorkerQueue queue(NewDeployment.NewWorkerQueue asked) {
        DeploymentOptions.WorkerMachine machine = DeploymentOptions.workerMachine(asked.astroMachine())
                .orElseThrow(() -> new IllegalArgumentException("unknown machine: the edge must refuse it"));
        return new WorkerQueue(
                ids.workerQueue(),
                asked.name(),
                asked.isDefault(),
                machine.name(),
                asked.minWorkerCount(),
                asked.maxWorkerCount(),
                asked.workerConcurrency(),
                machine.cpu(),
                machine.memory());
    }

    private static AuditEvent event(String action, Deployment deployment) {
        return new AuditEvent(
                action, deployment.scope(), "DEPLOYMENT", deployment.id().value());
    }
}
