package io.headgate.organization;

import io.headgate.kernel.Id;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.storage.AuthorshipColumns;
import io.headgate.storage.PagedStatement;
import io.headgate.storage.SortColumns;
import io.headgate.storage.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// SQL of Organizations.
final class OrganizationStore {
    static final SortColumns SORTS =
            new SortColumns(Map.of("name", "name", "createdAt", "created_at", "updatedAt", "updated_at"));

    static final PagedStatement<Organization> LIST = new PagedStatement<>(
            "id, name, created_at, created_by, updated_at, updated_by",
            "FROM organization WHERE id = ANY(:ids)",
            SORTS,
            (row, _) -> organization(row));

    private static final String BY_ID = """
            SELECT id, name, created_at, created_by, updated_at, updated_by FROM organization WHERE id = :id
            """;

    private static final String INSERT = """
            INSERT INTO organization (id, name, created_at, created_by, updated_at, updated_by)
            VALUES (:id, :name, :createdAt, :createdBy::jsonb, :updatedAt, :updatedBy::jsonb)
            """;

    private static final String ONLY = """
            SELECT id, name, created_at, created_by, updated_at, updated_by FROM organization ORDER BY id LIMIT 1
            """;

    Page<Organization> list(Transaction transaction, Collection<OrganizationId> ids, PageRequest request) {
        return LIST.fetch(transaction, request, query -> query.bindArray("ids", String.class, Id.values(ids)));
    }

    Optional<Organization> find(Transaction transaction, OrganizationId id) {
        return transaction
                .handle()
                .createQuery(BY_ID)
                .bind("id", id)
                .map((row, _) -> organization(row))
                .findOne();
    }

    Optional<Organization> first(Transaction transaction) {
        return transaction
                .handle()
                .createQuery(ONLY)
                .map((row, _) -> organization(row))
                .findOne();
    }

    void insert(Transaction transaction, Organization organization) {
        transaction
                .handle()
                .createUpdate(INSERT)
                .bind("id", organization.id())
                .bind("name", organization.name())
                .bindMap(AuthorshipColumns.write(organization.authorship()))
                .execute();
    }

    private static Organization organization(ResultSet row) throws SQLException {
        return new Organization(
                new OrganizationId(row.getString("id")), row.getString("name"), AuthorshipColumns.read(row));
    }
}
