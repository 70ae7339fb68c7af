package io.headgate.deploy;

import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentLifecycle;
import io.headgate.deployment.Deployments;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.FailPoint;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Puts away what nobody needs any more: deploys that were never finalized, their files, and old code (H2–H4).
public final class DeployHousekeeping {
    private final Transactions transactions;
    private final Clock clock;
    private final DeploymentLifecycle lifecycle;
    private final Deployments deployments;
    private final CodeHost codeHost;
    private final UploadFolder folder;
    private final DeployChanges changes;
    private final DeployLimits limits;
    private final DeployStore store = new DeployStore();
    private final CodeRetentionStore retention = new CodeRetentionStore();

    /// What it needs from elsewhere.
    public record Needs(
            Transactions transactions,
            Clock clock,
            DeploymentLifecycle lifecycle,
            Deployments deployments,
            CodeHost codeHost,
            Uploads uploads,
            LiveDeploys live,
            DeployLimits limits) {}

    public DeployHousekeeping(Needs needs) {
        this.transactions = needs.transactions;
        this.clock = needs.clock;
        this.lifecycle = needs.lifecycle;
        this.deployments = needs.deployments;
        this.codeHost = needs.codeHost;
        this.folder = needs.uploads.folder();
        this.changes = needs.live.changes();
        this.limits = needs.limits;
    }

    /// Once, before uploads are taken: what an earlier run was in the middle of.
    public void begin() {
        folder.discardParts();
    }

    /// All of it, a few times a minute.
    public void run() throws InterruptedException {
        expire();
        clearUploads();
        for (DesiredAirflow airflow : lifecycle.present()) {
            clearStages(airflow.id());
            purge(airflow);
        }
    }

    /// D15.
    private void expire() {
        Instant now = clock.instant();
        int expired = transactions.inTransaction(tx -> store.expire(
                tx,
                now.minus(limits.unfinalized()),
                "It was not finalized within " + limits.unfinalized().toHours() + " hours",
                now));
        if (expired > 0) {
            changes.tell();
        }
    }

    private void clearUploads() {
        for (DeployId id : folder.deploys()) {
            boolean needed = transactions
                    .inTransaction(tx -> store.find(tx, id))
                    .filter(deploy -> deploy.state().needsUpload())
                    .isPresent();
            if (!needed) {
                folder.discard(id);
            }
        }
    }

    private void clearStages(DeploymentId id) {
        codeHost.clearStages(
                id,
                () -> transactions.inTransaction(tx -> store.underWay(tx, id)).stream()
                        .map(Deploy::id)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /// Throws away old versions unless something may still need them; when that cannot be found out, none.
    private void purge(DesiredAirflow airflow) throws InterruptedException {
        Set<String> kept = codeHost.kept(airflow.id());
        List<BundleVersion> old = purgeable(airflow).stream()
                .filter(version -> kept.contains(version.folderName()))
                .toList();
        if (old.isEmpty()) {
            return;
        }
        Optional<Set<String>> running = codeHost.neededByRuns(airflow);
        if (running.isEmpty()) {
            return;
        }
        for (BundleVersion version : old) {
            if (!running.get().contains(version.folderName()) && marked(airflow, version)) {
                FailPoint.DEPLOY_PURGE_AFTER_COMMIT.pass();
                codeHost.discard(airflow.id(), version.folderName());
            }
        }
    }

    private List<BundleVersion> purgeable(DesiredAirflow airflow) {
        return transactions.inTransaction(tx -> deployments
                .find(tx, airflow.scope().organizationId(), airflow.id())
                .map(deployment -> purgeable(tx, deployment))
                .orElse(List.of()));
    }

    private List<BundleVersion> purgeable(Transaction tx, Deployment deployment) {
        return retention.purgeable(tx, deployment.id(), clock.instant().minus(limits.retention())).stream()
                .filter(version -> !deployment.liveBundle().equals(Optional.of(version)))
                .filter(version -> !deployment.desiredBundle().equals(Optional.of(version)))
                .toList();
    }

    /// Judged again under the Deployment's lock: a rollback to it may have been asked for meanwhile, and none can be
    /// from here on.
    private boolean marked(DesiredAirflow airflow, BundleVersion version) {
        return transactions.inTransaction(tx -> {
            boolean still = deployments
                    .findForUpdate(tx, airflow.scope().organizationId(), airflow.id())
                    .filter(deployment -> purgeable(tx, deployment).contains(version))
                    .isPresent();
            if (still) {
                retention.purge(tx, airflow.id(), version, clock.instant());
                FailPoint.DEPLOY_PURGE_BEFORE_COMMIT.pass();
            }
            return still;
        });
    }
}
