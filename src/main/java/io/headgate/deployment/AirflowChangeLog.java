package io.headgate.deployment;

import io.headgate.access.Caller;
import io.headgate.access.Principal;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.util.List;
import java.util.Map;

/// Writes changes in Airflow into the audit log, off the request path. A kill loses those of the last second.
public final class AirflowChangeLog {
    private final Transactions transactions;
    private final AuditLog audit;
    private final AirflowChanges changes;

    public AirflowChangeLog(Transactions transactions, AuditLog audit, AirflowChanges changes) {
        this.transactions = transactions;
        this.audit = audit;
        this.changes = changes;
    }

    /// Writes all that wait, or none: then they wait on.
    public void flush() {
        List<AirflowChanges.Change> taken = changes.drain();
        if (taken.isEmpty()) {
            return;
        }
        try {
            transactions.useTransaction(tx -> taken.forEach(change -> record(tx, change)));
        } catch (RuntimeException e) {
            changes.putBack(taken);
            throw e;
        }
    }

    private void record(Transaction tx, AirflowChanges.Change change) {
        audit.append(
                tx,
                new Caller(new Principal(change.subject(), List.of()), change.origin()),
                new AuditEvent(
                                "airflow.changed",
                                change.deployment(),
                                "DEPLOYMENT",
                                change.deployment().deploymentId().value())
                        .with(Map.of(
                                "operation",
                                change.operation(),
                                "status",
                                change.status() == AirflowChanges.Change.NO_ANSWER ? "no answer" : change.status())));
    }
}
