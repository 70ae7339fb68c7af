package io.headgate.audit;

import io.headgate.access.Caller;
import io.headgate.access.OrganizationPermission;
import io.headgate.access.Scope;
import io.headgate.kernel.Problem;
import io.headgate.storage.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Reading the audit log: a right of its own (item 51), which Organization Owners have.
public final class AuditExport {
    private static final int ROWS_AT_ONCE = 500;

    private final Transactions transactions;
    private final AuditLog audit;
    private final AuditEventStore store = new AuditEventStore();

    public AuditExport(Transactions transactions, AuditLog audit) {
        this.transactions = transactions;
        this.audit = audit;
    }

    /// Permits an export and records that it was made; {@link Lines#forEach} then reads it.
    public Lines open(Caller caller, AuditFilter filter) {
        Scope.OfOrganization scope = new Scope.OfOrganization(filter.organizationId());
        caller.require(OrganizationPermission.AUDIT_LOGS_GET, scope, Problem.notFound("Organization"));
        transactions.useTransaction(tx -> audit.append(
                tx,
                caller,
                new AuditEvent(
                                "auditLog.exported",
                                scope,
                                "ORGANIZATION",
                                filter.organizationId().value())
                        .with(Map.of(
                                "startDate", filter.from().toString(),
                                "endDate", filter.until().toString()))));
        return new Lines(filter);
    }

    /// The events of one export, in order of time.
    public final class Lines {
        private final AuditFilter filter;

        private Lines(AuditFilter filter) {
            this.filter = filter;
        }

        /// Hands over each event as one line of JSON, without a line break. Some hundred are in memory at a time, and
        /// no
        /// transaction is open while a slow reader takes them. The number of events.
        public long forEach(Consumer<String> reader) {
            long count = 0;
            Instant at = filter.from();
            String id = "";
            while (true) {
                Instant afterAt = at;
                String afterId = id;
                List<RecordedEvent> page =
                        transactions.inTransaction(tx -> store.page(tx, filter, afterAt, afterId, ROWS_AT_ONCE));
                page.forEach(event -> reader.accept(AuditLine.of(event)));
                count += page.size();
                if (page.size() < ROWS_AT_ONCE) {
                    return count;
                }
                at = page.getLast().at();
                id = page.getLast().id();
            }
        }
    }
}
