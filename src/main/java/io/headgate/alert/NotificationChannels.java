package io.headgate.alert;

import io.headgate.access.Authorship;
import io.headgate.access.Caller;
import io.headgate.access.OrganizationPermission;
import io.headgate.access.Reach;
import io.headgate.access.Scope;
import io.headgate.access.WorkspacePermission;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.kernel.FailPoint;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.NotificationChannelId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.Problem;
import io.headgate.organization.Organizations;
import io.headgate.organization.Workspaces;
import io.headgate.storage.SecretBox;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What can be done with the notification channels of Workspaces.
public final class NotificationChannels {
    private final Transactions transactions;
    private final AuditLog audit;
    private final IdMinter ids;
    private final Clock clock;
    private final Workspaces workspaces;
    private final WebhookTargets targets;
    private final NotificationChannelStore store;

    /// What the use cases need from elsewhere.
    public record Needs(
            Transactions transactions,
            AuditLog audit,
            IdMinter ids,
            Clock clock,
            Workspaces workspaces,
            WebhookTargets targets,
            SecretBox secretBox) {}

    public NotificationChannels(Needs needs) {
        this.transactions = needs.transactions;
        this.audit = needs.audit;
        this.ids = needs.ids;
        this.clock = needs.clock;
        this.workspaces = needs.workspaces;
        this.targets = needs.targets;
        this.store = new NotificationChannelStore(needs.secretBox);
    }

    public Page<NotificationChannel> list(
            Caller caller, OrganizationId organizationId, ChannelFilter filter, PageRequest request) {
        caller.require(OrganizationPermission.GET, new Scope.OfOrganization(organizationId), Organizations.notFound());
        Reach reach = Reach.holding(WorkspacePermission.NOTIFICATION_CHANNELS_GET, caller.principal(), organizationId);
        return transactions.inTransaction(tx -> store.list(tx, organizationId, reach, filter, request));
    }

    public NotificationChannel view(Caller caller, OrganizationId organizationId, NotificationChannelId id) {
        return transactions.inTransaction(
                tx -> authorised(tx, caller, organizationId, id, WorkspacePermission.NOTIFICATION_CHANNELS_GET));
    }

    /// Makes a channel; its name is unique in the Workspace, else 409.
    public NotificationChannel create(Caller caller, OrganizationId organizationId, NewNotificationChannel wanted) {
        NotificationChannel made = transactions.inTransaction(tx -> {
            Scope.OfWorkspace workspace = workspaces
                    .findToAddTo(tx, organizationId, wanted.workspaceId())
                    .orElseThrow(() -> Workspaces.notFound().asException())
                    .scope();
            caller.require(WorkspacePermission.NOTIFICATION_CHANNELS_CREATE, workspace, Workspaces.notFound());
            targets.check(wanted.webhookUrl());
            NotificationChannel channel = new NotificationChannel(
                    ids.notificationChannel(),
                    workspace,
                    wanted.name(),
                    wanted.type(),
                    Optional.empty(),
                    Authorship.createdBy(caller.subject(), clock.instant()));
            if (!store.insert(tx, channel, wanted.webhookUrl())) {
                throw Problem.conflict(
                                "notification-channel.name-taken",
                                "name '" + wanted.name()
                                        + "' is taken by another notification channel of this Workspace")
                        .asException();
            }
            record(tx, caller, "notificationChannel.created", channel);
            FailPoint.NOTIFICATION_CHANNEL_CREATE_BEFORE_COMMIT.pass();
            return channel;
        });
        FailPoint.NOTIFICATION_CHANNEL_CREATE_AFTER_COMMIT.pass();
        return made;
    }

    /// Deletes a channel and what it has not been told yet; 409 while an alert tells it.
    public void delete(Caller caller, OrganizationId organizationId, NotificationChannelId id) {
        transactions.useTransaction(tx -> {
            NotificationChannel channel =
                    authorised(tx, caller, organizationId, id, WorkspacePermission.NOTIFICATION_CHANNELS_DELETE);
            List<String> alerts = store.alerts(tx, id);
            if (!alerts.isEmpty()) {
                throw Problem.conflict(
                                "notification-channel.in-use",
                                "notification channel is told by alerts: delete them first: "
                                        + String.join(", ", alerts))
                        .asException();
            }
            store.delete(tx, id);
            record(tx, caller, "notificationChannel.deleted", channel);
            FailPoint.NOTIFICATION_CHANNEL_DELETE_BEFORE_COMMIT.pass();
        });
        FailPoint.NOTIFICATION_CHANNEL_DELETE_AFTER_COMMIT.pass();
    }

    public static Set<String> sortFields() {
        return NotificationChannelStore.SORTS.fields();
    }

    public static Problem notFound() {
        return Problem.notFound("Notification channel");
    }

    private NotificationChannel authorised(
            Transaction tx,
            Caller caller,
            OrganizationId organizationId,
            NotificationChannelId id,
            WorkspacePermission permission) {
        NotificationChannel channel = store.findForUpdate(tx, organizationId, id)
                .orElseThrow(() -> notFound().asException());
        if (!caller.may(WorkspacePermission.NOTIFICATION_CHANNELS_GET, channel.workspace())) {
            // the Workspace is visible to all of its tokens; its channels are not
            throw notFound().asException();
        }
        caller.require(permission, channel.workspace(), notFound());
        return channel;
    }

    private void record(Transaction tx, Caller caller, String action, NotificationChannel channel) {
        audit.append(
                tx,
                caller,
                new AuditEvent(
                        action,
                        channel.workspace(),
                        "NOTIFICATION_CHANNEL",
                        channel.id().value()));
    }
}
