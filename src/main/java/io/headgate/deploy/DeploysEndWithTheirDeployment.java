package io.headgate.deploy;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.deployment.DeploymentEnd;
import io.headgate.storage.Transaction;
import java.time.Clock;

/// A deploy never goes on when its Deployment is deleted; files of it are cleared away later.
public final class DeploysEndWithTheirDeployment implements DeploymentEnd {
    private final Clock clock;
    private final DeployChanges changes;
    private final DeployStore store = new DeployStore();

    public DeploysEndWithTheirDeployment(Clock clock, LiveDeploys live) {
        this.clock = clock;
        this.changes = live.changes();
    }

    @Override
    public void deploymentDeleted(Transaction transaction, Caller caller, Scope.OfDeployment deployment) {
        store.failAll(transaction, deployment.deploymentId(), "the Deployment was deleted", clock.instant());
        transaction.afterwards(changes::tell);
    }
}
