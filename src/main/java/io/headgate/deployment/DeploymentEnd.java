package io.headgate.deployment;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.storage.Transaction;

/// Told when a Deployment is deleted, within that transaction (item 26): what belongs to it ends with it, or neither
/// does.
@FunctionalInterface
public interface DeploymentEnd {
    void deploymentDeleted(Transaction transaction, Caller caller, Scope.OfDeployment deployment);
}
