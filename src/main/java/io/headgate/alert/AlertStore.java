package io.headgate.alert;

import io.headgate.access.Reach;
import io.headgate.access.Scope;
import io.headgate.kernel.AlertId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.Id;
import io.headgate.kernel.NotificationChannelId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.WorkspaceId;
import io.headgate.storage.AuthorshipColumns;
import io.headgate.storage.JsonColumn;
import io.headgate.storage.PagedStatement;
import io.headgate.storage.SortColumns;
import io.headgate.storage.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// SQL of alerts.
final class AlertStore {
    static final SortColumns SORTS =
            new SortColumns(Map.of("name", "name", "createdAt", "created_at", "updatedAt", "updated_at"));

    private static final String COLUMNS = """
            id, organization_id, workspace_id, deployment_id,
            (SELECT d.name FROM deployment d WHERE d.id = deployment_id) AS deployment_name,
            name, type, severity, patterns,
            (SELECT jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'type', c.type) ORDER BY c.name)
                FROM alert_channel ac JOIN notification_channel c ON c.id = ac.channel_id
                WHERE ac.alert_id = alert.id) AS channels,
            created_at, created_by, updated_at, updated_by""";

    static final PagedStatement<Alert> LIST = new PagedStatement<>(COLUMNS, """
            FROM alert
            WHERE organization_id = :organizationId
              AND (:everything OR workspace_id = ANY(:reachedWorkspaces) OR deployment_id = ANY(:reachedDeployments))
              AND (cardinality(:ids::text[]) = 0 OR id = ANY(:ids))
              AND (cardinality(:deploymentIds::text[]) = 0 OR deployment_id = ANY(:deploymentIds))
              AND (cardinality(:workspaceIds::text[]) = 0 OR workspace_id = ANY(:workspaceIds))
            """, SORTS, (row, _) -> alert(row));

    private static final String BY_ID =
            "SELECT " + COLUMNS + " FROM alert WHERE organization_id = :organizationId AND id = :id";

    private static final String BY_ID_FOR_UPDATE = BY_ID + " FOR UPDATE";

    private static final String OF_DEPLOYMENT =
            "SELECT " + COLUMNS + " FROM alert WHERE deployment_id = :deploymentId ORDER BY id";

    private static final String WATCHED = "SELECT DISTINCT deployment_id FROM alert";

    private static final String INSERT = """
            INSERT INTO alert (id, organization_id, workspace_id, deployment_id, name, type, severity, patterns,
                created_at, created_by, updated_at, updated_by)
            VALUES (:id, :organizationId, :workspaceId, :deploymentId, :name, :type, :severity, :patterns::jsonb,
                :createdAt, :createdBy::jsonb, :updatedAt, :updatedBy::jsonb)
            """;

    private static final String INSERT_CHANNELS = """
            INSERT INTO alert_channel (alert_id, channel_id) SELECT :id, unnest(:channelIds::text[])
            """;

    private static final String DELETE = "DELETE FROM alert WHERE id = :id";

    private static final String DELETE_OF_DEPLOYMENT =
            "DELETE FROM alert WHERE deployment_id = :deploymentId RETURNING id";

    Page<Alert> list(
            Transaction transaction,
            OrganizationId organizationId,
            Reach reach,
            AlertFilter filter,
            PageRequest request) {
        return LIST.fetch(
                transaction,
                request,
                query -> query.bind("organizationId", organizationId)
                        .bind("everything", reach.everything())
                        .bindArray("reachedWorkspaces", String.class, values(reach.workspaces()))
                        .bindArray("reachedDeployments", String.class, values(reach.deployments()))
                        .bindArray("ids", String.class, Id.values(filter.ids()))
                        .bindArray("deploymentIds", String.class, Id.values(filter.deploymentIds()))
                        .bindArray("workspaceIds", String.class, Id.values(filter.workspaceIds())));
    }

    Optional<Alert> find(Transaction transaction, OrganizationId organizationId, AlertId id) {
        return find(transaction, BY_ID, organizationId, id);
    }

    Optional<Alert> findForUpdate(Transaction transaction, OrganizationId organizationId, AlertId id) {
        return find(transaction, BY_ID_FOR_UPDATE, organizationId, id);
    }

    List<Alert> of(Transaction transaction, DeploymentId deploymentId) {
        return transaction
                .handle()
                .createQuery(OF_DEPLOYMENT)
                .bind("deploymentId", deploymentId)
                .map((row, _) -> alert(row))
                .list();
    }

    /// Deployments that have alerts.
    List<DeploymentId> watched(Transaction transaction) {
        return transaction
                .handle()
                .createQuery(WATCHED)
                .map((row, _) -> new DeploymentId(row.getString("deployment_id")))
                .list();
    }

    void insert(Transaction transaction, Alert alert) {
        transaction
                .handle()
                .createUpdate(INSERT)
                .bind("id", alert.id())
                .bind("organizationId", alert.deployment().organizationId())
                .bind("workspaceId", alert.deployment().workspaceId())
                .bind("deploymentId", alert.deployment().deploymentId())
                .bind("name", alert.name())
                .bind("type", alert.type().name())
                .bind("severity", alert.severity().name())
                .bind("patterns", JsonColumn.write(alert.patterns()))
                .bindMap(AuthorshipColumns.write(alert.authorship()))
                .execute();
        transaction
                .handle()
                .createUpdate(INSERT_CHANNELS)
                .bind("id", alert.id())
                .bindArray(
                        "channelIds",
                        String.class,
                        Id.values(alert.channels().stream().map(Alert.Told::id).toList()))
                .execute();
    }

    void delete(Transaction transaction, AlertId id) {
        transaction.handle().createUpdate(DELETE).bind("id", id).execute();
    }

    List<AlertId> deleteOf(Transaction transaction, DeploymentId deploymentId) {
        return transaction
                .handle()
                .createQuery(DELETE_OF_DEPLOYMENT)
                .bind("deploymentId", deploymentId)
                .map((row, _) -> new AlertId(row.getString("id")))
                .list();
    }

    private static Optional<Alert> find(
            Transaction transaction, String sql, OrganizationId organizationId, AlertId id) {
        return transaction
                .handle()
                .createQuery(sql)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, _) -> alert(row))
                .findOne();
    }

    private static List<String> values(Set<? extends Id> ids) {
        return Id.values(List.copyOf(ids));
    }

    private static Alert alert(ResultSet row) throws SQLException {
        return new Alert(
                new AlertId(row.getString("id")),
                new Scope.OfDeployment(
                        new OrganizationId(row.getString("organization_id")),
                        new WorkspaceId(row.getString("workspace_id")),
                        new DeploymentId(row.getString("deployment_id"))),
                row.getString("deployment_name"),
                row.getString("name"),
                AlertType.valueOf(row.getString("type")),
                Severity.valueOf(row.getString("severity")),
                JsonColumn.readList(row.getString("patterns"), DagPattern.class),
                JsonColumn.readList(row.getString("channels"), StoredTold.class).stream()
                        .map(StoredTold::told)
                        .toList(),
                AuthorshipColumns.read(row));
    }

    private record StoredTold(String id, String name, ChannelType type) {
        Alert.Told told() {
            return new Alert.Told(new NotificationChannelId(id), name, type);
        }
    }
}
