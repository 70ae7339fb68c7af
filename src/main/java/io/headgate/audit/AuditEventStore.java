package io.headgate.audit;

import io.headgate.access.Caller;
import io.headgate.access.Subject;
import io.headgate.access.SubjectProfile;
import io.headgate.kernel.AuditEventId;
import io.headgate.storage.JsonColumn;
import io.headgate.storage.Transaction;
import java.time.Instant;

/// SQL of the audit log: it only ever appends.
final class AuditEventStore {
    private static final String INSERT = """
            INSERT INTO audit_event (id, at, organization_id, workspace_id, deployment_id, subject, action, entity_type,
                entity_id, outcome, request_id, address, user_agent)
            VALUES (:id, :at, :organizationId, :workspaceId, :deploymentId, :subject::jsonb, :action, :entityType,
                :entityId, 'SUCCESS', :requestId, :address, :userAgent)
            """;

    record Row(
            AuditEventId id,
            Instant at,
            AuditLog.Place place,
            Subject subject,
            AuditEvent event,
            Caller.Origin origin) {}

    void insert(Transaction transaction, Row row) {
        transaction
                .handle()
                .createUpdate(INSERT)
                .bind("id", row.id())
                .bind("at", row.at())
                .bind("organizationId", row.place().organization())
                .bind("workspaceId", row.place().workspace().orElse(null))
                .bind("deploymentId", row.place().deployment().orElse(null))
                .bind("subject", JsonColumn.write(SubjectProfile.of(row.subject())))
                .bind("action", row.event().action())
                .bind("entityType", row.event().entityType())
                .bind("entityId", row.event().entityId())
                .bind("requestId", row.origin().requestId())
                .bind("address", row.origin().address())
                .bind("userAgent", row.origin().userAgent())
                .execute();
    }
}
