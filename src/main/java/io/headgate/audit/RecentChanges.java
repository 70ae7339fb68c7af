package io.headgate.audit;

import io.headgate.access.Scope;
import io.headgate.storage.Transactions;
import java.time.Instant;
import java.util.List;

/// What was last done to a Deployment, for people who may see it; the whole log is for auditors (see {@link
/// AuditExport}).
public final class RecentChanges {
    private final Transactions transactions;
    private final RecentChangeStore store = new RecentChangeStore();

    public RecentChanges(Transactions transactions) {
        this.transactions = transactions;
    }

    /// Something that was done.
    ///
    /// @param action as in the audit log, for example `token.rotated`
    /// @param what the name that it was done to, or which operation it was, if there is one; else empty
    /// @param by who did it, as they were called then
    public record Change(Instant at, String action, String what, String by) {}

    /// The last ones of these kinds, newest first. Whether the caller sees the Deployment is the caller's to check.
    public List<Change> of(Scope.OfDeployment scope, List<String> actions, int limit) {
        return transactions.inTransaction(tx -> store.of(tx, scope, actions, limit));
    }
}
