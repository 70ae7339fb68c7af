package io.headgate.alert;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.kernel.NotificationChannelId;
import io.headgate.organization.WorkspaceEnd;
import io.headgate.storage.SecretBox;
import io.headgate.storage.Transaction;

/// A channel never outlives its Workspace, whose Deployments and their alerts are gone before.
public final class ChannelsEndWithTheirWorkspace implements WorkspaceEnd {
    private final AuditLog audit;
    private final NotificationChannelStore store;

    public ChannelsEndWithTheirWorkspace(AuditLog audit, SecretBox secretBox) {
        this.audit = audit;
        this.store = new NotificationChannelStore(secretBox);
    }

    @Override
    public void workspaceDeleted(Transaction transaction, Caller caller, Scope.OfWorkspace workspace) {
        for (NotificationChannelId id : store.deleteOf(transaction, workspace.workspaceId())) {
            audit.append(
                    transaction,
                    caller,
                    new AuditEvent("notificationChannel.deleted", workspace, "NOTIFICATION_CHANNEL", id.value()));
        }
    }
}
