package io.headgate.organization;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.storage.Transaction;

/// Told when a Workspace is deleted, within that transaction: what belongs to it ends with it, or neither does.
@FunctionalInterface
public interface WorkspaceEnd {
    void workspaceDeleted(Transaction transaction, Caller caller, Scope.OfWorkspace workspace);
}
