package io.headgate.token;

import io.headgate.access.Principal;
import io.headgate.access.Reach;
import io.headgate.access.Scope;
import io.headgate.access.ScopeKind;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.DeploymentId;
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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// SQL of API tokens. A value is never here, only its keyed hash.
final class ApiTokenStore {
    static final SortColumns SORTS = new SortColumns(Map.of(
            "name", "name",
            "description", "description",
            "createdAt", "created_at",
            "updatedAt", "updated_at",
            "tokenStartAt", "start_at"));

    private static final String COLUMNS = """
            id, organization_id, workspace_id, deployment_id, scope, name, description, role, short_token, start_at,
            expiry_period_in_days, last_rotated_at, last_used_at, last_used_client, created_at, created_by, updated_at, updated_by,
            """ + TokenRoleStore.FURTHER_ROLES;

    static final PagedStatement<ApiToken> LIST = new PagedStatement<>(
            COLUMNS, """
            FROM api_token
            WHERE organization_id = :organizationId
              AND %1$s)
              AND (:deploymentId::text IS NULL OR %1$s AND held.deployment_id = :deploymentId))
              AND (:workspaceId::text IS NULL
                OR %1$s AND held.workspace_id = :workspaceId AND held.deployment_id IS NULL))
              AND (NOT :onlyOrganization OR scope = 'ORGANIZATION')
            """.formatted(TokenRoleStore.HOLDS_A_SHOWN_ROLE), SORTS, (row, _) -> token(row));

    // what the caller does not know of is not found and not locked; it is decided from the roles by the id alone, so
    // that
    // looking for it takes as long as looking for what is not there
    private static final String KNOWN_BY_ID = """
            FROM api_token
            WHERE organization_id = :organizationId AND id = (
                SELECT :id::text FROM (
                    SELECT workspace_id, deployment_id, true AS home FROM api_token WHERE id = :id
                    UNION ALL
                    SELECT workspace_id, deployment_id, false FROM api_token_role WHERE token_id = :id) held
                WHERE %s
                    OR held.home AND CASE
                        WHEN held.deployment_id IS NOT NULL THEN :readsEveryDeployment
                            OR held.workspace_id = ANY(:readWorkspacesOfDeployments)
                            OR held.deployment_id = ANY(:readDeployments)
                        WHEN held.workspace_id IS NOT NULL THEN :readsEveryWorkspace
                            OR held.workspace_id = ANY(:readWorkspaces)
                        ELSE :readsOrganization
                    END
                LIMIT 1)
            """.formatted(TokenRoleStore.IS_SHOWN);

    private static final String BY_ID = "SELECT " + COLUMNS + " " + KNOWN_BY_ID;

    // two rotations of one token wait for each other, and each returns a value that was valid at its end (item 22);
    // a statement of its own, because one that waits sees further roles as they were before it waited
    private static final String LOCK = "SELECT id " + KNOWN_BY_ID + " FOR UPDATE";

    private static final String ENDING = "SELECT " + COLUMNS + """
             FROM api_token WHERE end_at > :after AND end_at <= :until ORDER BY end_at
            """;

    private static final String INSERT = """
            INSERT INTO api_token (id, organization_id, scope, workspace_id, deployment_id, name, description, role,
                secret_hash, secret_key_id, short_token, start_at, end_at, expiry_period_in_days, last_rotated_at,
                created_at, created_by, updated_at, updated_by)
            VALUES (:id, :organizationId, :scope, :workspaceId, :deploymentId, :name, :description, :role,
                :secretHash, :secretKeyId, :shortToken, :startAt, :endAt, :periodInDays, :lastRotatedAt,
                :createdAt, :createdBy::jsonb, :updatedAt, :updatedBy::jsonb)
            """;

    private static final String RENAME = """
            UPDATE api_token
            SET name = :name, description = :description, updated_at = :updatedAt, updated_by = :updatedBy::jsonb
            WHERE id = :id
            """;

    private static final String REASSIGN = """
            UPDATE api_token SET role = :role, updated_at = :updatedAt, updated_by = :updatedBy::jsonb WHERE id = :id
            """;

    private static final String REPLACE_SECRET = """
            UPDATE api_token
            SET secret_hash = :secretHash, secret_key_id = :secretKeyId, short_token = :shortToken, start_at = :startAt,
                end_at = :endAt, last_rotated_at = :lastRotatedAt, updated_at = :updatedAt,
                updated_by = :updatedBy::jsonb
            WHERE id = :id
            """;

    private static final String DELETE = "DELETE FROM api_token WHERE id = :id";

    private static final String DELETE_OF_DEPLOYMENT =
            "DELETE FROM api_token WHERE deployment_id = :deploymentId RETURNING id";

    private static final String DELETE_OF_WORKSPACE =
            "DELETE FROM api_token WHERE workspace_id = :workspaceId RETURNING id";

    private static final String LIVE = "SELECT " + COLUMNS + ", secret_hash, secret_key_id FROM api_token";

    private static final String LIVE_BY_ID = LIVE + " WHERE id = :id";

    // greatest(): a late flush never moves it back
    private static final String USED = """
            UPDATE api_token
            SET last_used_at = greatest(last_used_at, :at), last_used_client = coalesce(:client, last_used_client)
            WHERE id = :id
            """;

    /// A token as the request path needs it.
    record Live(ApiToken token, Principal principal, TokenHasher.Keyed secret) {}

    Page<ApiToken> list(
            Transaction transaction,
            OrganizationId organizationId,
            Visible visible,
            TokenFilter filter,
            PageRequest request) {
        return LIST.fetch(
                transaction,
                request,
                query -> shown(query, organizationId, visible)
                        .bind("deploymentId", text(filter.deploymentId()))
                        .bind("workspaceId", text(filter.workspaceId()))
                        .bind("onlyOrganization", filter.onlyOrganization()));
    }

    /// Of which objects a caller may look at the tokens: of the Organization, of Workspaces, of Deployments.
    record Visible(boolean organizationTokens, Reach workspaces, Reach deployments) {}

    /// Which tokens a caller knows of: those of which they see a role, and those of an object that they read.
    record Known(Visible visible, boolean readsOrganization, Reach workspaces, Reach deployments) {}

    Optional<ApiToken> find(Transaction transaction, OrganizationId organizationId, Known known, ApiTokenId id) {
        return known(transaction.handle().createQuery(BY_ID), organizationId, known)
                .bind("id", id)
                .map((row, _) -> token(row))
                .findOne();
    }

    /// The same, and nobody else changes it until the transaction ends.
    Optional<ApiToken> findForUpdate(
            Transaction transaction, OrganizationId organizationId, Known known, ApiTokenId id) {
        var _ = known(transaction.handle().createQuery(LOCK), organizationId, known)
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
        return find(transaction, organizationId, known, id);
    }

    private static Query known(Query query, OrganizationId organizationId, Known known) {
        return shown(query, organizationId, known.visible)
                .bind("readsOrganization", known.readsOrganization)
                .bind("readsEveryWorkspace", known.workspaces.everything())
                .bindArray("readWorkspaces", String.class, Id.values(known.workspaces.workspaces()))
                .bind("readsEveryDeployment", known.deployments.everything())
                .bindArray("readWorkspacesOfDeployments", String.class, Id.values(known.deployments.workspaces()))
                .bindArray("readDeployments", String.class, Id.values(known.deployments.deployments()));
    }

    private static Query shown(Query query, OrganizationId organizationId, Visible visible) {
        return query.bind("organizationId", organizationId)
                .bind("organizationTokens", visible.organizationTokens())
                .bind("everyWorkspace", visible.workspaces().everything())
                .bindArray(
                        "workspaces",
                        String.class,
                        Id.values(visible.workspaces().workspaces()))
                .bind("everyDeployment", visible.deployments().everything())
                .bindArray(
                        "workspacesOfDeployments",
                        String.class,
                        Id.values(visible.deployments().workspaces()))
                .bindArray(
                        "deployments",
                        String.class,
                        Id.values(visible.deployments().deployments()));
    }

    void insert(Transaction transaction, ApiToken token, TokenHasher.Keyed secret) {
        withSecret(transaction.handle().createUpdate(INSERT), token, secret)
                .bind("organizationId", token.home().organizationId())
                .bind("scope", token.scope().name())
                .bind("workspaceId", TokenRoleStore.workspaceOf(token.home()))
                .bind("deploymentId", TokenRoleStore.deploymentOf(token.home()))
                .bind("name", token.name())
                .bind("description", token.description())
                .bind("role", token.role().name())
                .bind(
                        "periodInDays",
                        token.validity().periodInDays().isPresent()
                                ? token.validity().periodInDays().getAsInt()
                                : null)
                .execute();
    }

    void rename(Transaction transaction, ApiToken token) {
        transaction
                .handle()
                .createUpdate(RENAME)
                .bind("id", token.id())
                .bind("name", token.name())
                .bind("description", token.description())
                .bindMap(AuthorshipColumns.write(token.authorship()))
                .execute();
    }

    /// Sets the role on its own object; {@link TokenRoleStore} keeps the further ones.
    void reassign(Transaction transaction, ApiToken token) {
        transaction
                .handle()
                .createUpdate(REASSIGN)
                .bind("id", token.id())
                .bind("role", token.role().name())
                .bindMap(AuthorshipColumns.write(token.authorship()))
                .execute();
    }

    void replaceSecret(Transaction transaction, ApiToken token, TokenHasher.Keyed secret) {
        withSecret(transaction.handle().createUpdate(REPLACE_SECRET), token, secret)
                .execute();
    }

    void delete(Transaction transaction, ApiTokenId id) {
        transaction.handle().createUpdate(DELETE).bind("id", id).execute();
    }

    List<ApiTokenId> deleteOf(Transaction transaction, DeploymentId deploymentId) {
        return transaction
                .handle()
                .createUpdate(DELETE_OF_DEPLOYMENT)
                .bind("deploymentId", deploymentId)
                .executeAndReturnGeneratedKeys()
                .map((row, _) -> new ApiTokenId(row.getString("id")))
                .list();
    }

    List<ApiTokenId> deleteOf(Transaction transaction, WorkspaceId workspaceId) {
        return transaction
                .handle()
                .createUpdate(DELETE_OF_WORKSPACE)
                .bind("workspaceId", workspaceId)
                .executeAndReturnGeneratedKeys()
                .map((row, _) -> new ApiTokenId(row.getString("id")))
                .list();
    }

    List<Live> live(Transaction transaction) {
        return transaction.handle().createQuery(LIVE).map((row, _) -> live(row)).list();
    }

    Optional<Live> live(Transaction transaction, ApiTokenId id) {
        return transaction
                .handle()
                .createQuery(LIVE_BY_ID)
                .bind("id", id)
                .map((row, _) -> live(row))
                .findOne();
    }

    void used(Transaction transaction, Map<ApiTokenId, Instant> uses, Function<ApiTokenId, Optional<String>> clients) {
        var batch = transaction.handle().prepareBatch(USED);
        uses.forEach((id, at) -> batch.bind("id", id)
                .bind("at", at)
                .bind("client", clients.apply(id).orElse(null))
                .add());
        batch.execute();
    }

    private static <S extends SqlStatement<S>> S withSecret(S statement, ApiToken token, TokenHasher.Keyed secret) {
        return statement
                .bind("id", token.id())
                .bind("secretHash", secret.hash().bytes())
                .bind("secretKeyId", secret.keyId())
                .bind("shortToken", token.shortToken())
                .bind("startAt", token.validity().startAt())
                .bind("endAt", token.validity().endAt().orElse(null))
                .bind("lastRotatedAt", token.lastRotatedAt().orElse(null))
                .bindMap(AuthorshipColumns.write(token.authorship()));
    }

    private static @Nullable String text(Optional<? extends Id> id) {
        return id.map(Id::value).orElse(null);
    }

    private static Live live(ResultSet row) throws SQLException {
        ApiToken token = token(row);
        return new Live(
                token,
                token.principal(),
                new TokenHasher.Keyed(row.getString("secret_key_id"), new TokenHash(row.getBytes("secret_hash"))));
    }

    List<ApiToken> ending(Transaction transaction, Instant after, Instant until) {
        return transaction
                .handle()
                .createQuery(ENDING)
                .bind("after", after)
                .bind("until", until)
                .map((row, _) -> token(row))
                .list();
    }

    private static ApiToken token(ResultSet row) throws SQLException {
        int period = row.getInt("expiry_period_in_days");
        OptionalInt periodInDays = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(period);
        Scope home = home(row);
        return new ApiToken(
                new ApiTokenId(row.getString("id")),
                home,
                row.getString("name"),
                row.getString("description"),
                TokenRoleStore.role(row.getString("role")),
                TokenRoleStore.furtherRoles(row, home.organizationId()),
                new Validity(row.getObject("start_at", OffsetDateTime.class).toInstant(), periodInDays),
                row.getString("short_token"),
                instant(row, "last_rotated_at"),
                lastUse(row),
                AuthorshipColumns.read(row));
    }

    private static Scope home(ResultSet row) throws SQLException {
        OrganizationId organization = new OrganizationId(row.getString("organization_id"));
        return switch (ScopeKind.valueOf(row.getString("scope"))) {
            case ORGANIZATION -> new Scope.OfOrganization(organization);
            case WORKSPACE -> new Scope.OfWorkspace(organization, new WorkspaceId(row.getString("workspace_id")));
            case DEPLOYMENT ->
                new Scope.OfDeployment(
                        organization,
                        new WorkspaceId(row.getString("workspace_id")),
                        new DeploymentId(row.getString("deployment_id")));
        };
    }

    private static Optional<LastUse> lastUse(ResultSet row) throws SQLException {
        String client = row.getString("last_used_client");
        return instant(row, "last_used_at").map(at -> new LastUse(at, client == null ? "" : client));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
