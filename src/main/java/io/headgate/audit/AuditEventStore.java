package io.headgate.audit;

import io.headgate.access.Caller;
import io.headgate.access.Subject;
import io.headgate.access.SubjectProfile;
import io.headgate.kernel.AuditEventId;
import io.headgate.kernel.Id;
import io.headgate.storage.JsonColumn;
import io.headgate.storage.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// SQL of the audit log: it only ever appends.
final class AuditEventStore {
    private static final String INSERT = """
            INSERT INTO audit_event (id, at, organization_id, workspace_id, deployment_id, subject, action, entity_type,
                entity_id, outcome, request_id, address, user_agent, client_name, client_version, client_system, method,
                path, details)
            VALUES (:id, :at, :organizationId, :workspaceId, :deploymentId, :subject::jsonb, :action, :entityType,
                :entityId, :outcome, :requestId, :address, :userAgent, :clientName, :clientVersion, :clientSystem,
                :method, :path, :details::jsonb)
            """;

    static final String COLUMNS = """
            e.id, e.at, e.organization_id, e.workspace_id, e.deployment_id, e.subject::text AS subject, e.action,
            e.entity_type, e.entity_id, e.outcome, e.request_id, e.address, e.user_agent, e.client_name,
            e.client_version, e.client_system, e.method, e.path, e.details::text AS details""";

    // by the last row seen and not by offset: what is appended meanwhile moves no row to another page
    private static final String PAGE = "SELECT " + COLUMNS + """

            FROM audit_event e
            WHERE e.organization_id = :organizationId AND e.at >= :from AND e.at < :until
              AND (e.at, e.id) > (:afterAt, :afterId)
              AND (:subjectId::text IS NULL OR e.subject ->> 'id' = :subjectId)
              AND (:workspaceId::text IS NULL OR e.workspace_id = :workspaceId)
              AND (:deploymentId::text IS NULL OR e.deployment_id = :deploymentId)
            ORDER BY e.at, e.id
            LIMIT :limit
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
                .bind("outcome", row.event().outcome().name())
                .bind("requestId", row.origin().requestId())
                .bind("address", row.origin().address())
                .bind("userAgent", row.origin().userAgent())
                .bind("clientName", row.origin().client().name())
                .bind("clientVersion", row.origin().client().version())
                .bind("clientSystem", row.origin().client().system())
                .bind("method", row.origin().method())
                .bind("path", row.origin().path())
                .bind("details", JsonColumn.write(row.event().details()))
                .execute();
    }

    /// The next rows in order of time, after the given one.
    List<RecordedEvent> page(Transaction transaction, AuditFilter filter, Instant afterAt, String afterId, int limit) {
        return transaction
                .handle()
                .createQuery(PAGE)
                .bind("organizationId", filter.organizationId())
                .bind("from", filter.from())
                .bind("until", filter.until())
                .bind("afterAt", afterAt)
                .bind("afterId", afterId)
                .bind("subjectId", filter.subjectId().orElse(null))
                .bind("workspaceId", filter.workspaceId().map(Id::value).orElse(null))
                .bind("deploymentId", filter.deploymentId().map(Id::value).orElse(null))
                .bind("limit", limit)
                .map((row, _) -> event(row))
                .list();
    }

    static RecordedEvent event(ResultSet row) throws SQLException {
        return new RecordedEvent(
                row.getString("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("organization_id"),
                Optional.ofNullable(row.getString("workspace_id")),
                Optional.ofNullable(row.getString("deployment_id")),
                row.getString("subject"),
                row.getString("action"),
                row.getString("entity_type"),
                row.getString("entity_id"),
                row.getString("outcome"),
                new Caller.Origin(
                        row.getString("request_id"),
                        row.getString("address"),
                        row.getString("user_agent"),
                        new Caller.Client(
                                row.getString("client_name"),
                                row.getString("client_version"),
                                row.getString("client_system")),
                        row.getString("method"),
                        row.getString("path")),
                row.getString("details"));
    }
}
