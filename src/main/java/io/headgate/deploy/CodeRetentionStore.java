package io.headgate.deploy;

import io.headgate.deployment.BundleVersion;
import io.headgate.kernel.DeploymentId;
import io.headgate.storage.Transaction;
import java.time.Instant;
import java.util.List;

/// SQL of throwing code away; the deploys that brought it stay in the history.
final class CodeRetentionStore {
    // every version that retention may throw away now
    private static final String PURGEABLE = """
            SELECT bundle_version FROM deploy
            WHERE deployment_id = :deploymentId AND bundle_version IS NOT NULL AND finalized_at IS NOT NULL
            GROUP BY bundle_version
            HAVING bool_and(state = 'FAILED' OR (state = 'DEPLOYED' AND finalized_at <= :before))
                AND bundle_version IS DISTINCT FROM (SELECT newest.bundle_version FROM deploy newest
                    WHERE newest.deployment_id = :deploymentId AND newest.state = 'DEPLOYED'
                    ORDER BY newest.queue_number DESC LIMIT 1)
            """;

    private static final String PURGE = """
            UPDATE deploy SET purged_at = coalesce(purged_at, :now)
            WHERE deployment_id = :deploymentId AND bundle_version = :version
            """;

    List<BundleVersion> purgeable(Transaction transaction, DeploymentId deploymentId, Instant before) {
        return transaction
                .handle()
                .createQuery(PURGEABLE)
                .bind("deploymentId", deploymentId)
                .bind("before", before)
                .map((row, _) -> new BundleVersion(row.getString("bundle_version")))
                .list();
    }

    void purge(Transaction transaction, DeploymentId deploymentId, BundleVersion version, Instant now) {
        transaction
                .handle()
                .createUpdate(PURGE)
                .bind("deploymentId", deploymentId)
                .bind("version", version.text())
                .bind("now", now)
                .execute();
    }
}
