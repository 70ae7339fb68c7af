package io.headgate.deploy;

import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.LiveCode;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.FailPoint;
import io.headgate.storage.Transaction;
import java.time.Clock;

/// Ends deploys when Airflow is seen to serve what they brought.
public final class LiveDeploys implements LiveCode {
    private final Clock clock;
    private final DeployChanges changes;
    private final DeployStore store = new DeployStore();

    public LiveDeploys(Clock clock) {
        this.clock = clock;
        this.changes = new DeployChanges();
    }

    @Override
    public void live(Transaction transaction, DeploymentId id, BundleVersion version) {
        if (store.live(transaction, id, version, clock.instant()) > 0) {
            transaction.afterwards(changes::tell);
            FailPoint.DEPLOY_LIVE_BEFORE_COMMIT.pass();
        }
    }

    /// Where everybody who waits for a deploy hears of it.
    DeployChanges changes() {
        return changes;
    }
}
