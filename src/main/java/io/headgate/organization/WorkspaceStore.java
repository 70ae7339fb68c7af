package io.headgate.organization;

import io.headgate.access.Reach;
import io.headgate.kernel.Id;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.WorkspaceId;
import io.headgate.storage.AuthorshipColumns;
import io.headgate.storage.PagedStatement;
import io.headgate.storage.SortColumns;
import io.headgate.storage.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// SQL of Workspaces.
final class WorkspaceStore {
    static final SortColumns SORTS =
            new SortColumns(Map.of("name", "name", "createdAt", "created_at", "updatedAt", "updated_at"));

    private static final String COLUMNS = """
            id, organization_id, (SELECT o.name FROM organization o WHERE o.id = organization_id) AS organization_name,
            name, description, cicd_enforced_default, created_at, created_by, updated_at, updated_by""";

    static final PagedStatement<Workspace> LIST = new PagedStatement<>(COLUMNS, """
            FROM workspace
            WHERE organization_id = :organizationId AND deleted_at IS NULL
              AND (:everything OR id = ANY(:reached))
              AND (cardinality(:ids::text[]) = 0 OR id = ANY(:ids))
              AND (cardinality(:names::text[]) = 0 OR name = ANY(:names))
            """, SORTS, (row, _) -> workspace(row));

    private static final String BY_ID = "SELECT " + COLUMNS
            + " FROM workspace WHERE organization_id = :organizationId AND id = :id" + " AND deleted_at IS NULL";

    // whoever adds to a Workspace and whoever deletes it wait for each other
    private static final String BY_ID_TO_ADD_TO = BY_ID + " FOR SHARE";

    private static final String BY_ID_FOR_UPDATE = BY_ID + " FOR UPDATE";

    private static final String UPDATE = """
            UPDATE workspace SET name = :name, description = :description,
                cicd_enforced_default = :cicdEnforcedDefault, updated_at = :updatedAt, updated_by = :updatedBy::jsonb
            WHERE id = :id
            """;

    private static final String NAME_TAKEN = """
            SELECT EXISTS (SELECT 1 FROM workspace
                WHERE organization_id = :organizationId AND name = :name AND id <> :id AND deleted_at IS NULL)
            """;

    // makes two renamings to one name wait for each other
    private static final String LOCK_NAMES = "SELECT pg_advisory_xact_lock(hashtext('workspace.name'))";

    private static final String DEPLOYMENTS =
            "SELECT count(*) FROM deployment WHERE workspace_id = :id AND deleted_at IS NULL";

    private static final String DELETE = "UPDATE workspace SET deleted_at = :now WHERE id = :id";

    private static final String INSERT = """
            INSERT INTO workspace (id, organization_id, name, description, cicd_enforced_default, created_at, created_by,
                updated_at, updated_by)
            VALUES (:id, :organizationId, :name, :description, :cicdEnforcedDefault, :createdAt, :createdBy::jsonb,
                :updatedAt, :updatedBy::jsonb)
            ON CONFLICT (organization_id, name) WHERE deleted_at IS NULL DO NOTHING
            """;

    Page<Workspace> list(
            Transaction transaction,
            OrganizationId organizationId,
            Reach reach,
            WorkspaceFilter filter,
            PageRequest request) {
        List<String> reached = Id.values(Stream.concat(reach.workspaces().stream(), reach.seenWorkspaces().stream())
                .toList());
        return LIST.fetch(
                transaction,
                request,
                query -> query.bind("organizationId", organizationId)
                        .bind("everything", reach.everything())
                        .bindArray("reached", String.class, reached)
                        .bindArray("ids", String.class, Id.values(filter.ids()))
                        .bindArray("names", String.class, filter.names()));
    }

    Optional<Workspace> find(Transaction transaction, OrganizationId organizationId, WorkspaceId id) {
        return find(transaction, BY_ID, organizationId, id);
    }

    Optional<Workspace> findToAddTo(Transaction transaction, OrganizationId organizationId, WorkspaceId id) {
        return find(transaction, BY_ID_TO_ADD_TO, organizationId, id);
    }

    Optional<Workspace> findForUpdate(Transaction transaction, OrganizationId organizationId, WorkspaceId id) {
        return find(transaction, BY_ID_FOR_UPDATE, organizationId, id);
    }

    /// Whether another Workspace has that name; none is given it until this transaction ends.
    boolean nameTaken(Transaction transaction, Workspace workspace) {
        transaction.handle().createQuery(LOCK_NAMES).mapToMap().one();
        return transaction
                .handle()
                .createQuery(NAME_TAKEN)
                .bind("organizationId", workspace.organizationId())
                .bind("name", workspace.name())
                .bind("id", workspace.id())
                .mapTo(Boolean.class)
                .one();
    }

    void update(Transaction transaction, Workspace workspace) {
        transaction
                .handle()
                .createUpdate(UPDATE)
                .bind("id", workspace.id())
                .bind("name", workspace.name())
                .bind("description", workspace.description())
                .bind("cicdEnforcedDefault", workspace.cicdEnforcedDefault())
                .bindMap(AuthorshipColumns.write(workspace.authorship()))
                .execute();
    }

    int deployments(Transaction transaction, WorkspaceId id) {
        return transaction
                .handle()
                .createQuery(DEPLOYMENTS)
                .bind("id", id)
                .mapTo(Integer.class)
                .one();
    }

    void delete(Transaction transaction, WorkspaceId id, Instant now) {
        transaction
                .handle()
                .createUpdate(DELETE)
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    private static Optional<Workspace> find(
            Transaction transaction, String sql, OrganizationId organizationId, WorkspaceId id) {
        return transaction
                .handle()
                .createQuery(sql)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, _) -> workspace(row))
                .findOne();
    }

    /// False if the name is taken in the Organization.
    boolean insert(Transaction transaction, Workspace workspace) {
        transaction.handle().createQuery(LOCK_NAMES).mapToMap().one();
        return transaction
                        .handle()
                        .createUpdate(INSERT)
                        .bind("id", workspace.id())
                        .bind("organizationId", workspace.organizationId())
                        .bind("name", workspace.name())
                        .bind("description", workspace.description())
                        .bind("cicdEnforcedDefault", workspace.cicdEnforcedDefault())
                        .bindMap(AuthorshipColumns.write(workspace.authorship()))
                        .execute()
                == 1;
    }

    private static Workspace workspace(ResultSet row) throws SQLException {
        return new Workspace(
                new WorkspaceId(row.getString("id")),
                new OrganizationId(row.getString("organization_id")),
                row.getString("organization_name"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("cicd_enforced_default"),
                AuthorshipColumns.read(row));
    }
}
