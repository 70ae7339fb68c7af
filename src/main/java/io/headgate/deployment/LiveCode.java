package io.headgate.deployment;

import io.headgate.kernel.DeploymentId;
import io.headgate.storage.Transaction;

/// Told, within that transaction, that Airflow was seen to serve a version of a Deployment's code; possibly again.
@FunctionalInterface
public interface LiveCode {
    void live(Transaction transaction, DeploymentId id, BundleVersion version);
}
