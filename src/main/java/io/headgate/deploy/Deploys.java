package io.headgate.deploy;

import io.headgate.access.Authorship;
import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.audit.AuditLog;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.FailPoint;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.Problem;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What people and pipelines can do with deploys; carrying them out is {@link DeployQueue}'s part.
///
/// To create, to finalize and to roll back all need the right to create: each makes code run in the Deployment.
public final class Deploys {
    private static final DateTimeFormatter IMAGE_TAG =
            DateTimeFormatter.ofPattern("'deploy-'uuuu-MM-dd'T'HH-mm-ss").withZone(ZoneOffset.UTC);

    /// Deploys of one Deployment that may wait for an upload and to be finalized.
    public static final int UNFINALIZED_MAX = 20;

    private final Transactions transactions;
    private final AuditLog audit;
    private final IdMinter ids;
    private final Clock clock;
    private final Deployments deployments;
    private final DeployQueue queue;
    private final DeployLimits limits;
    private final DeployStore store = new DeployStore();

    /// What the use cases need from elsewhere.
    public record Needs(
            Transactions transactions,
            AuditLog audit,
            IdMinter ids,
            Clock clock,
            Deployments deployments,
            DeployQueue queue,
            DeployLimits limits) {}

    /// What finalize is asked for.
    ///
    /// @param version that of the upload; empty for whichever was uploaded
    /// @param forced activates code in spite of errors in it
    public record Finalization(Optional<String> version, boolean forced) {}

    public Deploys(Needs needs) {
        this.transactions = needs.transactions;
        this.audit = needs.audit;
        this.ids = needs.ids;
        this.clock = needs.clock;
        this.deployments = needs.deployments;
        this.queue = needs.queue;
        this.limits = needs.limits;
    }

    /// Newest first unless asked otherwise (H1).
    public Page<Deploy> list(
            Caller caller, OrganizationId organizationId, DeploymentId deploymentId, PageRequest request) {
        PageRequest sorted = request.sorts().isEmpty()
                ? new PageRequest(request.offset(), request.limit(), List.of(new PageRequest.Sort("createdAt", false)))
                : request;
        return transactions.inTransaction(tx -> {
            var _ = readable(tx, caller, organizationId, deploymentId);
            return store.list(tx, deploymentId, sorted);
        });
    }

    public Deploy view(Caller caller, OrganizationId organizationId, DeploymentId deploymentId, DeployId id) {
        return transactions.inTransaction(
                tx -> inside(readable(tx, caller, organizationId, deploymentId), store.find(tx, id)));
    }

    /// The deploy whose code is live; the same version may have been brought more than once, and the last one counts.
    public Optional<DeployId> current(Caller caller, OrganizationId organizationId, DeploymentId deploymentId) {
        return transactions.inTransaction(tx -> {
            var _ = readable(tx, caller, organizationId, deploymentId);
            return store.current(tx, deploymentId);
        });
    }

    /// Notes an intent; nothing changes until it is finalized (D10).
    public Deploy create(Caller caller, OrganizationId organizationId, DeploymentId deploymentId, NewDeploy wanted) {
        Deploy created = transactions.inTransaction(tx -> {
            Deployment deployment = locked(tx, caller, organizationId, deploymentId);
            caller.require(DeploymentPermission.DEPLOYS_CREATE, deployment.scope(), Deployments.notFound());
            DeployProblems.refuseType(wanted.type());
            DeployProblems.refuseUserUnderEnforcement(caller, deployment);
            DeployProblems.refuseDagDeployDisabled(deployment);
            DeployProblems.refuseUnlessUp(deployment);
            Deploy deploy = fresh(
                    caller,
                    deployment,
                    wanted.type(),
                    wanted.description(),
                    wanted.git(),
                    Optional.empty(),
                    "Waits for an upload");
            store.insert(tx, deploy);
            endSuperseded(tx, deploymentId);
            record(tx, caller, "deploy.created", deployment, deploy);
            FailPoint.DEPLOY_CREATE_BEFORE_COMMIT.pass();
            return deploy;
        });
        FailPoint.DEPLOY_CREATE_AFTER_COMMIT.pass();
        return created;
    }

    /// Changes the description, nothing else (D16); an empty one clears it.
    public Deploy describe(
            Caller caller,
            OrganizationId organizationId,
            DeploymentId deploymentId,
            DeployId id,
            Optional<String> description) {
        return transactions.inTransaction(tx -> {
            Deployment deployment = locked(tx, caller, organizationId, deploymentId);
            caller.require(DeploymentPermission.DEPLOYS_UPDATE, deployment.scope(), Deployments.notFound());
            Deploy deploy = inside(deployment, store.findForUpdate(tx, id));
            if (description.isEmpty() || description.equals(deploy.description())) {
                return deploy;
            }
            Deploy described = new Deploy(
                    deploy.id(),
                    deploy.organizationId(),
                    deploy.deploymentId(),
                    deploy.type(),
                    deploy.state(),
                    deploy.statusReason(),
                    description,
                    deploy.git(),
                    deploy.runtimeVersion(),
                    deploy.imageTag(),
                    deploy.dagDeployEnabled(),
                    deploy.rollbackFromId(),
                    deploy.version(),
                    deploy.forced(),
                    deploy.code(),
                    deploy.findings(),
                    deploy.finalizedAt(),
                    deploy.endedAt(),
                    deploy.purgedAt(),
                    deploy.authorship().updatedBy(caller.subject(), clock.instant()));
            store.describe(tx, described);
            record(tx, caller, "deploy.updated", deployment, described);
            return described;
        });
    }

    /// Puts a deploy into its Deployment's queue and waits, up to a limit, until its code is validated; throws the 400
    /// that says what is wrong with it. A second time, with the same version, it tells how the deploy is now.
    public Deploy finalizeDeploy(
            Caller caller, OrganizationId organizationId, DeploymentId deploymentId, DeployId id, Finalization asked)
            throws InterruptedException {
        Optional<Problem> refused = transactions.inTransaction(tx -> {
            Deployment deployment = locked(tx, caller, organizationId, deploymentId);
            caller.require(DeploymentPermission.DEPLOYS_CREATE, deployment.scope(), Deployments.notFound());
            Deploy deploy = inside(deployment, store.findForUpdate(tx, id));
            DeployProblems.refuseUserUnderEnforcement(caller, deployment);
            Optional<Problem> other = DeployProblems.otherVersion(deploy, asked.version());
            if (other.isPresent() || deploy.state() != DeployState.CREATED) {
                return other;
            }
            DeployProblems.refuseDagDeployDisabled(deployment);
            DeployProblems.refuseUnlessUp(deployment);
            Instant now = clock.instant();
            if (deploy.version().isEmpty()) {
                store.fail(tx, id, "Finalized before anything was uploaded", Optional.empty(), now);
                record(tx, caller, "deploy.finalized", deployment, deploy);
                return Optional.of(DeployProblems.nothingUploaded());
            }
            store.queue(tx, id, deploy.finalVersion(), asked.forced(), "Waits for its turn", now);
            record(tx, caller, "deploy.finalized", deployment, deploy);
            tx.afterwards(() -> queue.wake(deploymentId));
            FailPoint.DEPLOY_FINALIZE_BEFORE_COMMIT.pass();
            return Optional.empty();
        });
        if (refused.isPresent()) {
            throw refused.get().asException();
        }
        FailPoint.DEPLOY_FINALIZE_AFTER_COMMIT.pass();
        var _ = queue.awaitValidated(id, limits.answer());
        Deploy now = view(caller, organizationId, deploymentId, id);
        if (now.state() == DeployState.FAILED) {
            throw DeployProblems.failed(now).asException();
        }
        return now;
    }

    /// Brings back what an earlier deploy brought, as a new deploy (H6); goes through the same queue.
    public Deploy rollback(
            Caller caller,
            OrganizationId organizationId,
            DeploymentId deploymentId,
            DeployId targetId,
            Optional<String> description) {
        Deploy made = transactions.inTransaction(tx -> {
            Deployment deployment = locked(tx, caller, organizationId, deploymentId);
            caller.require(DeploymentPermission.DEPLOYS_UPDATE, deployment.scope(), Deployments.notFound());
            Deploy target = inside(deployment, store.findForUpdate(tx, targetId));
            rollbackRule(tx, deployment).against(target).ifPresent(problem -> {
                throw problem.asException();
            });
            Deploy deploy = fresh(
                    caller,
                    deployment,
                    target.type(),
                    description,
                    target.git(),
                    Optional.of(target),
                    "Waits for its turn");
            store.insert(tx, deploy);
            store.queue(tx, deploy.id(), target.finalVersion(), false, "Waits for its turn", clock.instant());
            record(tx, caller, "deploy.rolledBack", deployment, deploy);
            tx.afterwards(() -> queue.wake(deploymentId));
            FailPoint.DEPLOY_ROLLBACK_BEFORE_COMMIT.pass();
            return store.find(tx, deploy.id()).orElseThrow();
        });
        FailPoint.DEPLOY_ROLLBACK_AFTER_COMMIT.pass();
        return made;
    }

    /// Which deploys can be rolled back to at this moment; each rollback looks again.
    public RollbackRule rollbackRule(Caller caller, OrganizationId organizationId, DeploymentId deploymentId) {
        return transactions.inTransaction(tx -> rollbackRule(tx, readable(tx, caller, organizationId, deploymentId)));
    }

    public static Set<String> sortFields() {
        return DeployStore.SORTS.fields();
    }

    public static Problem notFound() {
        return Problem.notFound("Deploy");
    }

    /// The Deployment, if the caller may read its deploys.
    private Deployment readable(Transaction tx, Caller caller, OrganizationId organizationId, DeploymentId id) {
        Deployment deployment = deployments
                .find(tx, caller, organizationId, id)
                .orElseThrow(() -> Deployments.notFound().asException());
        caller.require(DeploymentPermission.DEPLOYS_GET, deployment.scope(), Deployments.notFound());
        return deployment;
    }

    private Deployment locked(Transaction tx, Caller caller, OrganizationId organizationId, DeploymentId id) {
        return deployments
                .findForUpdate(tx, caller, organizationId, id)
                .orElseThrow(() -> Deployments.notFound().asException());
    }

    private static Deploy inside(Deployment deployment, Optional<Deploy> found) {
        return found.filter(deploy -> deploy.deploymentId().equals(deployment.id()))
                .orElseThrow(() -> notFound().asException());
    }

    private Deploy fresh(
            Caller caller,
            Deployment deployment,
            DeployType type,
            Optional<String> description,
            Optional<GitCommit> git,
            Optional<Deploy> rollbackFrom,
            String reason) {
        Instant now = clock.instant();
        return new Deploy(
                ids.deploy(),
                deployment.scope().organizationId(),
                deployment.id(),
                type,
                DeployState.CREATED,
                reason,
                description,
                git,
                deployment.release().version(),
                rollbackFrom.map(Deploy::imageTag).orElseGet(() -> IMAGE_TAG.format(now)),
                rollbackFrom
                        .map(Deploy::dagDeployEnabled)
                        .orElseGet(() -> deployment.settings().dagDeployEnabled()),
                rollbackFrom.map(Deploy::id),
                rollbackFrom.flatMap(Deploy::version),
                false,
                rollbackFrom.flatMap(Deploy::code),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Authorship.createdBy(caller.subject(), now));
    }

    /// Pipelines that die before they finalize leave deploys behind: only so many may hold a place on the disk.
    private void endSuperseded(Transaction tx, DeploymentId id) {
        String reason = UNFINALIZED_MAX + " deploys were created after it before it was finalized";
        store.failAllButNewest(tx, id, UNFINALIZED_MAX, reason, clock.instant());
    }

    private RollbackRule rollbackRule(Transaction tx, Deployment deployment) {
        return new RollbackRule(
                deployment.status(),
                store.newestGoing(tx, deployment.id()).flatMap(Deploy::version),
                limits.retention());
    }

    private void record(Transaction tx, Caller caller, String action, Deployment deployment, Deploy deploy) {
        audit.append(tx, caller, deploy.event(action, deployment.scope()));
    }
}
