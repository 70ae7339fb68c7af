package io.headgate.alert;

import io.headgate.access.Reach;
import io.headgate.access.Scope;
import io.headgate.kernel.Id;
import io.headgate.kernel.NotificationChannelId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.SecretText;
import io.headgate.kernel.WorkspaceId;
import io.headgate.storage.AuthorshipColumns;
import io.headgate.storage.PagedStatement;
import io.headgate.storage.SecretBox;
import io.headgate.storage.SortColumns;
import io.headgate.storage.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// SQL of notification channels; where a webhook leads is encrypted, each bound to its channel.
final class NotificationChannelStore {
    static final SortColumns SORTS =
            new SortColumns(Map.of("name", "name", "createdAt", "created_at", "updatedAt", "updated_at"));

    private static final String COLUMNS = """
            id, organization_id, workspace_id, name, type,
            (SELECT n.last_error FROM notification n WHERE n.channel_id = notification_channel.id
                ORDER BY n.id DESC LIMIT 1) AS last_error,
            created_at, created_by, updated_at, updated_by""";

    static final PagedStatement<NotificationChannel> LIST =
            new PagedStatement<>(COLUMNS, """
            FROM notification_channel
            WHERE organization_id = :organizationId
              AND (:everything OR workspace_id = ANY(:reachedWorkspaces))
              AND (cardinality(:ids::text[]) = 0 OR id = ANY(:ids))
              AND (cardinality(:workspaceIds::text[]) = 0 OR workspace_id = ANY(:workspaceIds))
            """, SORTS, (row, _) -> channel(row));

    // whoever makes an alert with it and whoever deletes it wait for each other
    private static final String BY_ID_FOR_UPDATE = "SELECT " + COLUMNS + """
             FROM notification_channel WHERE organization_id = :organizationId AND id = :id FOR UPDATE
            """;

    private static final String OF_WORKSPACE =
            "SELECT id FROM notification_channel WHERE workspace_id = :workspaceId ORDER BY id";

    private static final String INSERT = """
            INSERT INTO notification_channel (id, organization_id, workspace_id, name, type, sealed_webhook_url,
                created_at, created_by, updated_at, updated_by)
            VALUES (:id, :organizationId, :workspaceId, :name, :type, :sealed, :createdAt, :createdBy::jsonb,
                :updatedAt, :updatedBy::jsonb)
            ON CONFLICT ON CONSTRAINT notification_channel_name_unique DO NOTHING
            """;

    private static final String WEBHOOK_URL = "SELECT sealed_webhook_url FROM notification_channel WHERE id = :id";

    private static final String ALERTS = """
            SELECT alert.name FROM alert_channel JOIN alert ON alert.id = alert_id
            WHERE channel_id = :id ORDER BY alert.name LIMIT 10
            """;

    private static final String DELETE = "DELETE FROM notification_channel WHERE id = :id";

    private static final String DELETE_OF_WORKSPACE =
            "DELETE FROM notification_channel WHERE workspace_id = :workspaceId RETURNING id";

    private final SecretBox box;

    NotificationChannelStore(SecretBox box) {
        this.box = box;
    }

    Page<NotificationChannel> list(
            Transaction transaction,
            OrganizationId organizationId,
            Reach reach,
            ChannelFilter filter,
            PageRequest request) {
        return LIST.fetch(
                transaction,
                request,
                query -> query.bind("organizationId", organizationId)
                        .bind("everything", reach.everything())
                        .bindArray(
                                "reachedWorkspaces",
                                String.class,
                                Id.values(reach.workspaces().stream().toList()))
                        .bindArray("ids", String.class, Id.values(filter.ids()))
                        .bindArray("workspaceIds", String.class, Id.values(filter.workspaceIds())));
    }

    Optional<NotificationChannel> findForUpdate(
            Transaction transaction, OrganizationId organizationId, NotificationChannelId id) {
        return transaction
                .handle()
                .createQuery(BY_ID_FOR_UPDATE)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, _) -> channel(row))
                .findOne();
    }

    List<NotificationChannelId> of(Transaction transaction, WorkspaceId workspaceId) {
        return transaction
                .handle()
                .createQuery(OF_WORKSPACE)
                .bind("workspaceId", workspaceId)
                .map((row, _) -> new NotificationChannelId(row.getString("id")))
                .list();
    }

    /// False if the name is taken in the Workspace.
    boolean insert(Transaction transaction, NotificationChannel channel, SecretText webhookUrl) {
        return transaction
                        .handle()
                        .createUpdate(INSERT)
                        .bind("id", channel.id())
                        .bind("organizationId", channel.workspace().organizationId())
                        .bind("workspaceId", channel.workspace().workspaceId())
                        .bind("name", channel.name())
                        .bind("type", channel.type().name())
                        .bind("sealed", box.seal(place(channel.id()), webhookUrl))
                        .bindMap(AuthorshipColumns.write(channel.authorship()))
                        .execute()
                == 1;
    }

    Optional<SecretText> webhookUrl(Transaction transaction, NotificationChannelId id) {
        return transaction
                .handle()
                .createQuery(WEBHOOK_URL)
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(text -> box.open(place(id), text));
    }

    /// Names of some alerts that tell it.
    List<String> alerts(Transaction transaction, NotificationChannelId id) {
        return transaction
                .handle()
                .createQuery(ALERTS)
                .bind("id", id)
                .mapTo(String.class)
                .list();
    }

    void delete(Transaction transaction, NotificationChannelId id) {
        transaction.handle().createUpdate(DELETE).bind("id", id).execute();
    }

    List<NotificationChannelId> deleteOf(Transaction transaction, WorkspaceId workspaceId) {
        return transaction
                .handle()
                .createQuery(DELETE_OF_WORKSPACE)
                .bind("workspaceId", workspaceId)
                .map((row, _) -> new NotificationChannelId(row.getString("id")))
                .list();
    }

    private static String place(NotificationChannelId id) {
        return "notification-channel/" + id + "/webhook-url";
    }

    private static NotificationChannel channel(ResultSet row) throws SQLException {
        return new NotificationChannel(
                new NotificationChannelId(row.getString("id")),
                new Scope.OfWorkspace(
                        new OrganizationId(row.getString("organization_id")),
                        new WorkspaceId(row.getString("workspace_id"))),
                row.getString("name"),
                ChannelType.valueOf(row.getString("type")),
                Optional.ofNullable(row.getString("last_error")),
                AuthorshipColumns.read(row));
    }
}
