package io.headgate.token;

import io.headgate.access.Scope;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;
import io.headgate.storage.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// SQL of refused uses and of the values that are no longer good.
final class RefusalStore {
    private static final String ADD = """
            INSERT INTO token_refusal (token_id, reason, address, minute, uses, edge, request_id, user_agent)
            VALUES (:tokenId, :reason, :address, :minute, :uses, :edge, :requestId, :userAgent)
            ON CONFLICT (token_id, reason, address, minute) DO UPDATE
            SET uses = token_refusal.uses + excluded.uses, edge = excluded.edge, request_id = excluded.request_id,
                user_agent = excluded.user_agent
            """;

    // the token may be gone by now: then its last value was retired, and says whose it was
    private static final String TAKE_FINISHED = """
            WITH finished AS (
                DELETE FROM token_refusal WHERE minute < :minute
                RETURNING token_id, reason, address, minute, uses, edge, request_id, user_agent)
            SELECT f.token_id, f.reason, f.address, f.minute, f.uses, f.edge, f.request_id, f.user_agent,
                coalesce(t.name, r.token_name) AS token_name,
                coalesce(t.organization_id, r.organization_id) AS organization_id,
                coalesce(t.workspace_id, r.workspace_id) AS workspace_id,
                coalesce(t.deployment_id, r.deployment_id) AS deployment_id
            FROM finished f
            LEFT JOIN api_token t ON t.id = f.token_id
            LEFT JOIN LATERAL (
                SELECT token_name, organization_id, workspace_id, deployment_id FROM retired_token_secret
                WHERE token_id = f.token_id ORDER BY number DESC LIMIT 1) r ON true
            ORDER BY f.minute, f.token_id
            """;

    private static final String RETIRED = """
            SELECT number, secret_hash, secret_key_id, token_id FROM retired_token_secret
            WHERE number > :after ORDER BY number DESC LIMIT :limit
            """;

    private static final String FORGET = "DELETE FROM retired_token_secret WHERE retired_at < :before";

    /// A counter whose minute is over, and whose it is; the scope is empty if nobody knows that token any more.
    record Finished(
            ApiTokenId tokenId,
            String tokenName,
            Optional<Scope> home,
            ObservedUses.Reason reason,
            String address,
            Instant minute,
            ObservedUses.Tally tally) {}

    /// A value that is no longer good.
    record Retired(long number, TokenHasher.Keyed secret, ApiTokenId tokenId) {}

    void add(Transaction transaction, List<ObservedUses.Entry> entries) {
        var batch = transaction.handle().prepareBatch(ADD);
        for (ObservedUses.Entry entry : entries) {
            batch.bind("tokenId", entry.counted().tokenId())
                    .bind("reason", entry.counted().reason().name())
                    .bind("address", entry.counted().address())
                    .bind("minute", entry.counted().minute())
                    .bind("uses", entry.tally().uses())
                    .bind("edge", entry.tally().edge().name())
                    .bind("requestId", entry.tally().requestId())
                    .bind("userAgent", entry.tally().userAgent())
                    .add();
        }
        batch.execute();
    }

    List<Finished> takeFinished(Transaction transaction, Instant minute) {
        return transaction
                .handle()
                .createQuery(TAKE_FINISHED)
                .bind("minute", minute)
                .map((row, _) -> finished(row))
                .list();
    }

    /// The newest values after a number, newest first.
    List<Retired> retired(Transaction transaction, long after, int limit) {
        return transaction
                .handle()
                .createQuery(RETIRED)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> new Retired(
                        row.getLong("number"),
                        new TokenHasher.Keyed(
                                row.getString("secret_key_id"), new TokenHash(row.getBytes("secret_hash"))),
                        new ApiTokenId(row.getString("token_id"))))
                .list();
    }

    void forget(Transaction transaction, Instant before) {
        transaction.handle().createUpdate(FORGET).bind("before", before).execute();
    }

    private static Finished finished(ResultSet row) throws SQLException {
        String name = row.getString("token_name");
        return new Finished(
                new ApiTokenId(row.getString("token_id")),
                name == null ? "" : name,
                home(row),
                ObservedUses.Reason.valueOf(row.getString("reason")),
                row.getString("address"),
                row.getObject("minute", OffsetDateTime.class).toInstant(),
                new ObservedUses.Tally(
                        row.getLong("uses"),
                        ObservedUses.Edge.valueOf(row.getString("edge")),
                        row.getString("request_id"),
                        row.getString("user_agent")));
    }

    private static Optional<Scope> home(ResultSet row) throws SQLException {
        String organization = row.getString("organization_id");
        if (organization == null) {
            return Optional.empty();
        }
        OrganizationId organizationId = new OrganizationId(organization);
        String workspace = row.getString("workspace_id");
        if (workspace == null) {
            return Optional.of(new Scope.OfOrganization(organizationId));
        }
        WorkspaceId workspaceId = new WorkspaceId(workspace);
        String deployment = row.getString("deployment_id");
        return Optional.of(
                deployment == null
                        ? new Scope.OfWorkspace(organizationId, workspaceId)
                        : new Scope.OfDeployment(organizationId, workspaceId, new DeploymentId(deployment)));
    }
}
