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
            WHERE organization_id = :organizationId
              AND (:everything OR id = ANY(:reached))
              AND (cardinality(:ids::text[]) = 0 OR id = ANY(:ids))
              AND (cardinality(:names::text[]) = 0 OR name = ANY(:names))
            """, SORTS, (row, _) -> workspace(row));

    private static final String BY_ID =
            "SELECT " + COLUMNS + " FROM workspace WHERE organization_id = :organizationId AND id = :id";

    private static final String INSERT = """
            INSERT INTO workspace (id, organization_id, name, description, cicd_enforced_default, created_at, created_by,
                updated_at, updated_by)
            VALUES (:id, :organizationId, :name, :description, :cicdEnforcedDefault, :createdAt, :createdBy::jsonb,
                :updatedAt, :updatedBy::jsonb)
            ON CONFLICT ON CONSTRAINT workspace_name_unique DO NOTHING
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
        return transaction
                .handle()
                .createQuery(BY_ID)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, _) -> workspace(row))
                .findOne();
    }

    /// False if the name is taken in the Organization.
    boolean insert(Transaction transaction, Workspace workspace) {
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
