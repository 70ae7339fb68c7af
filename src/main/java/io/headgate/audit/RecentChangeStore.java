package io.headgate.audit;

import io.headgate.access.Scope;
import io.headgate.storage.Transaction;
import java.time.OffsetDateTime;
import java.util.List;

/// SQL of what was last done to a Deployment.
final class RecentChangeStore {
    private static final String SELECT = """
            SELECT at, action, coalesce(details ->> 'name', details ->> 'operation', '') AS what,
                   coalesce(subject ->> 'name', '') AS by
            FROM audit_event
            WHERE deployment_id = :deploymentId AND outcome = 'SUCCESS' AND action = ANY(:actions)
            ORDER BY at DESC, id DESC LIMIT :limit
            """;

    List<RecentChanges.Change> of(Transaction transaction, Scope.OfDeployment scope, List<String> actions, int limit) {
        return transaction
                .handle()
                .createQuery(SELECT)
                .bind("deploymentId", scope.deploymentId())
                .bindArray("actions", String.class, actions)
                .bind("limit", limit)
                .map((row, _) -> new RecentChanges.Change(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("action"),
                        row.getString("what"),
                        row.getString("by")))
                .list();
    }
}
