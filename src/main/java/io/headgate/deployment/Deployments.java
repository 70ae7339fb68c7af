package io.headgate.deployment;

import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.access.OrganizationPermission;
import io.headgate.access.Reach;
import io.headgate.access.Scope;
import io.headgate.access.WorkspacePermission;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.deployment.variable.ReservedVariables;
import io.headgate.deployment.variable.ShownVariable;
import io.headgate.deployment.variable.VariableStore;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.FailPoint;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.Problem;
import io.headgate.kernel.WorkspaceId;
import io.headgate.organization.Organizations;
import io.headgate.organization.Workspace;
import io.headgate.organization.Workspaces;
import io.headgate.storage.SecretBox;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What people can do with Deployments; running them is the runtime's part.
public final class Deployments {
    /// The code of the 409 of {@link #updateIf}.
    public static final String CHANGED_MEANWHILE = "deployment.changed-meanwhile";

    /// The code of the 409 when another Deployment of the Workspace has the name.
    public static final String NAME_TAKEN = "deployment.name-taken";

    /// The code of the 409 while Airflow comes up for the first time.
    public static final String CREATING = "deployment.creating";

    private final Transactions transactions;
    private final AuditLog audit;
    private final Clock clock;
    private final Workspaces workspaces;
    private final DeploymentAdmission admission;
    private final DeploymentEnd end;
    private final DeploymentLifecycle lifecycle;
    private final SealedSecrets sealedSecrets;
    private final DeploymentDrafts drafts;
    private final VariableStore variables;
    private final PythonPackages python;
    private final DeploymentPlan.Rules rules;
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
            DeploymentLifecycle lifecycle,
            PythonPackages python,
            ReservedVariables reserved) {}

    public Deployments(Needs needs) {
        this.transactions = needs.transactions;
        this.audit = needs.audit;
        this.clock = needs.clock;
        this.workspaces = needs.workspaces;
        this.admission = needs.admission;
        this.end = needs.end;
        this.lifecycle = needs.lifecycle;
        this.sealedSecrets = new SealedSecrets(needs.secretBox);
        this.variables = new VariableStore(needs.secretBox);
        this.python = needs.python;
        this.rules = new DeploymentPlan.Rules(needs.ids, needs.reserved);
        this.drafts = new DeploymentDrafts(needs.ids, needs.clock, needs.random, rules);
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
                .inTransaction(tx -> find(tx, caller, organizationId, id))
                .orElseThrow(() -> notFound().asException());
        caller.require(DeploymentPermission.GET, deployment.scope(), notFound());
        return deployment;
    }

    /// Makes a Deployment; its Airflow is started in the background. 409 if the name is taken in its Workspace.
    public Deployment create(Caller caller, OrganizationId organizationId, NewDeployment wanted) {
        Scope.OfWorkspace place = new Scope.OfWorkspace(organizationId, wanted.workspaceId());
        caller.require(WorkspacePermission.DEPLOYMENTS_CREATE, place, Workspaces.notFound());
        return wanted.pythonRequirements()
                .map(requirements -> createWithPackages(caller, organizationId, wanted, requirements))
                .orElseGet(() -> inserted(caller, tx -> draft(tx, caller, organizationId, wanted), Optional.empty()));
    }

    /// Packages take minutes: what was free before is looked at again afterwards.
    private Deployment createWithPackages(
            Caller caller, OrganizationId organizationId, NewDeployment wanted, String requirements) {
        record Prepared(DeploymentDraft draft, DesiredAirflow airflow) {}
        Prepared prepared = transactions.inTransaction(tx -> {
            DeploymentDraft draft = draft(tx, caller, organizationId, wanted);
            return new Prepared(draft, lifecycle.desired(tx, draft.run(sealedSecrets, Optional.empty())));
        });
        PythonLock lock = resolved(prepared.airflow(), requirements);
        return inserted(
                caller,
                tx -> {
                    var _ = admitting(tx, organizationId, wanted);
                    return prepared.draft();
                },
                Optional.of(lock));
    }

    private Deployment inserted(
            Caller caller, Function<Transaction, DeploymentDraft> make, Optional<PythonLock> packages) {
        Deployment created = transactions.inTransaction(tx -> {
            DeploymentDraft draft = make.apply(tx);
            Deployment deployment = draft.deployment();
            store.insert(tx, draft.run(sealedSecrets, packages));
            variables.replace(tx, deployment.id(), List.of(), draft.variables());
            audit.append(
                    tx,
                    caller,
                    event("deployment.created", deployment)
                            .with(Map.of(
                                    "name", deployment.name(),
                                    "environmentVariables", ShownVariable.recorded(secretByKey(deployment)))));
            tx.afterwards(() -> lifecycle.changed(deployment.id()));
            FailPoint.DEPLOYMENT_CREATE_BEFORE_COMMIT.pass();
            return deployment;
        });
        FailPoint.DEPLOYMENT_CREATE_AFTER_COMMIT.pass();
        return created;
    }

    /// Changes a Deployment, all of it or nothing. If Airflow must start again for it, the answer already says
    /// `DEPLOYING`; if nothing is different, nothing is written.
    public DeploymentChanged update(
            Caller caller, OrganizationId organizationId, DeploymentId id, DeploymentChange change) {
        return update(new Wish(caller, organizationId, id, change, _ -> true));
    }

    /// The same, if the Deployment is still as somebody saw it when they decided on the change; otherwise a 409 with
    /// the
    /// code {@link #CHANGED_MEANWHILE}, and what another person did meanwhile stays.
    public DeploymentChanged updateIf(
            Caller caller,
            OrganizationId organizationId,
            DeploymentId id,
            DeploymentChange change,
            Predicate<Deployment> asSeen) {
        return update(new Wish(caller, organizationId, id, change, asSeen));
    }

    private DeploymentChanged update(Wish wish) {
        Optional<PythonLock> lock = Optional.empty();
        while (true) {
            Optional<PythonLock> packages = lock;
            switch (transactions.inTransaction(tx -> attempt(tx, wish, packages))) {
                case Attempt.Done done -> {
                    FailPoint.DEPLOYMENT_UPDATE_AFTER_COMMIT.pass();
                    return done.changed();
                }
                // outside of the transaction, because it takes minutes; what others did meanwhile is seen by the next
                case Attempt.Unresolved unresolved ->
                    lock = Optional.of(resolved(unresolved.airflow(), unresolved.requirements()));
            }
        }
    }

    /// What {@link #update} would do; packages are not resolved.
    public DeploymentChanged preview(
            Caller caller, OrganizationId organizationId, DeploymentId id, DeploymentChange change) {
        return transactions.inTransaction(tx -> {
            DeploymentPlan plan = plan(tx, new Wish(caller, organizationId, id, change, _ -> true));
            return changed(plan, plan.deployment());
        });
    }

    /// Deletes a Deployment: its tokens end with it in the same transaction, its processes stop, its files and database
    /// rest in the trash (P11).
    public void delete(Caller caller, OrganizationId organizationId, DeploymentId id) {
        transactions.useTransaction(tx -> {
            Deployment deployment = findForUpdate(tx, caller, organizationId, id)
                    .orElseThrow(() -> notFound().asException());
            caller.require(DeploymentPermission.DELETE, deployment.scope(), notFound());
            store.delete(tx, id, clock.instant());
            end.deploymentDeleted(tx, caller, deployment.scope());
            audit.append(tx, caller, event("deployment.deleted", deployment).with(Map.of("name", deployment.name())));
            tx.afterwards(() -> lifecycle.changed(id));
            FailPoint.DEPLOYMENT_DELETE_BEFORE_COMMIT.pass();
        });
        FailPoint.DEPLOYMENT_DELETE_AFTER_COMMIT.pass();
    }

    /// For use cases of things inside a Deployment: one that the caller does not see is not there.
    public Optional<Deployment> find(
            Transaction transaction, Caller caller, OrganizationId organizationId, DeploymentId id) {
        return store.find(transaction, organizationId, sight(caller, organizationId), id);
    }

    /// The same, and nobody else changes it until the transaction ends.
    public Optional<Deployment> findForUpdate(
            Transaction transaction, Caller caller, OrganizationId organizationId, DeploymentId id) {
        return store.findForUpdate(transaction, organizationId, sight(caller, organizationId), id);
    }

    /// For what is done without a caller, or was decided before; decides nothing about rights.
    public Optional<Deployment> find(Transaction transaction, OrganizationId organizationId, DeploymentId id) {
        return store.find(transaction, organizationId, Reach.unlimited(), id);
    }

    /// The same, and nobody else changes it until the transaction ends.
    public Optional<Deployment> findForUpdate(Transaction transaction, OrganizationId organizationId, DeploymentId id) {
        return store.findForUpdate(transaction, organizationId, Reach.unlimited(), id);
    }

    private static Reach sight(Caller caller, OrganizationId organizationId) {
        return Reach.ofDeploymentSight(caller.principal(), organizationId);
    }

    public static Set<String> sortFields() {
        return DeploymentStore.SORTS.fields();
    }

    public static Problem notFound() {
        return Problem.notFound("Deployment");
    }

    /// What somebody wants to be different.
    ///
    /// @param asSeen whether the Deployment still is as they saw it
    private record Wish(
            Caller caller,
            OrganizationId organizationId,
            DeploymentId id,
            DeploymentChange change,
            Predicate<Deployment> asSeen) {}

    /// One try to change a Deployment.
    private sealed interface Attempt {
        record Done(DeploymentChanged changed) implements Attempt {}

        record Unresolved(DesiredAirflow airflow, String requirements) implements Attempt {}
    }

    private Attempt attempt(Transaction tx, Wish wish, Optional<PythonLock> resolved) {
        DeploymentPlan plan = plan(tx, wish);
        DeploymentId id = wish.id();
        if (!plan.changesAnything()) {
            return new Attempt.Done(changed(plan, plan.before().deployment()));
        }
        Optional<String> requirements = plan.newRequirements();
        Optional<PythonLock> lock =
                requirements.isPresent() ? resolved : plan.before().python().filter(_ -> plan.requiresPackages());
        if (requirements.isPresent() && lock.isEmpty()) {
            return new Attempt.Unresolved(lifecycle.desired(tx, plan.before()), requirements.get());
        }
        store.update(tx, plan.deployment().updatedBy(wish.caller().subject(), clock.instant()), lock, plan.restarts());
        variables.replace(tx, id, plan.variablesBefore(), plan.variables());
        if (plan.restarts()) {
            store.revise(tx, id, "Waiting for its turn to restart with new variables or packages");
        }
        audit.append(
                tx,
                wish.caller(),
                event("deployment.updated", plan.deployment()).with(plan.recorded()));
        tx.afterwards(() -> lifecycle.changed(id));
        FailPoint.DEPLOYMENT_UPDATE_BEFORE_COMMIT.pass();
        return new Attempt.Done(changed(
                plan,
                store.find(tx, wish.organizationId(), Reach.unlimited(), id).orElseThrow()));
    }

    /// Nobody else changes the Deployment until the transaction ends.
    private DeploymentPlan plan(Transaction tx, Wish wish) {
        DeploymentStore.Run before = store.findRunForUpdate(
                        tx, wish.organizationId(), sight(wish.caller(), wish.organizationId()), wish.id())
                .orElseThrow(() -> notFound().asException());
        Deployment deployment = before.deployment();
        wish.caller().require(DeploymentPermission.UPDATE, deployment.scope(), notFound());
        if (!wish.asSeen().test(deployment)) {
            throw Problem.conflict(CHANGED_MEANWHILE, "the Deployment was changed by somebody else meanwhile")
                    .asException();
        }
        DeploymentPlan plan =
                DeploymentPlan.of(before, variables.all(tx, wish.id()), wish.change(), rules, clock.instant());
        if (plan.renames()) {
            store.lockNames(tx);
            refuseTakenName(
                    tx, deployment.scope().workspaceId(), plan.deployment().name());
        }
        return plan;
    }

    private static DeploymentChanged changed(DeploymentPlan plan, Deployment after) {
        return new DeploymentChanged(plan.before().deployment(), after, plan.changedSecrets(), plan.restarts());
    }

    private PythonLock resolved(DesiredAirflow airflow, String requirements) {
        try {
            return switch (python.resolve(airflow, requirements)) {
                case PythonPackages.Resolution.Resolved resolved -> resolved.lock();
                case PythonPackages.Resolution.Refused refused ->
                    throw Problem.invalidField(
                                    "pythonRequirements",
                                    "unresolvable",
                                    "pythonRequirements cannot be resolved: " + refused.words())
                            .asException();
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable(
                            "deployment.interrupted", "stopped while resolving pythonRequirements; nothing was changed")
                    .asException();
        }
    }

    private void refuseTakenName(Transaction tx, WorkspaceId workspaceId, String name) {
        if (store.nameTaken(tx, workspaceId, name)) {
            throw Problem.conflict(NAME_TAKEN, "name '" + name + "' is taken by another Deployment of this Workspace")
                    .asException();
        }
    }

    private DeploymentDraft draft(Transaction tx, Caller caller, OrganizationId organizationId, NewDeployment wanted) {
        return drafts.of(
                admitting(tx, organizationId, wanted),
                caller,
                wanted,
                namespace -> store.namespaceTaken(tx, namespace));
    }

    /// The Workspace, if one more Deployment of that name can be made in it.
    private Workspace admitting(Transaction tx, OrganizationId organizationId, NewDeployment wanted) {
        Workspace workspace = workspaces
                .findToAddTo(tx, organizationId, wanted.workspaceId())
                .orElseThrow(() -> Workspaces.notFound().asException());
        admission.refusal(store.countForCreation(tx)).ifPresent(problem -> {
            throw problem.asException();
        });
        refuseTakenName(tx, workspace.id(), wanted.name());
        return workspace;
    }

    private static Map<String, Boolean> secretByKey(Deployment deployment) {
        return deployment.variables().stream()
                .collect(Collectors.toMap(ShownVariable::key, ShownVariable::secret, (a, _) -> a, TreeMap::new));
    }

    private static AuditEvent event(String action, Deployment deployment) {
        return new AuditEvent(
                action, deployment.scope(), "DEPLOYMENT", deployment.id().value());
    }
}
