package io.headgate.deploy;

import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.DesiredCode;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.storage.AuthorshipColumns;
import io.headgate.storage.JsonColumn;
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
import org.jdbi.v3.core.statement.Query;

/// SQL of deploys.
final class DeployStore {
    /// Ids rise with time, also within one tick of the clock.
    static final SortColumns SORTS = new SortColumns(Map.of("createdAt", "id"));

    private static final String COLUMNS = """
            id, organization_id, deployment_id, type, state, status_reason, description, git, runtime_version, image_tag,
            is_dag_deploy_enabled, rollback_from_id, bundle_version, is_forced, code, findings, finalized_at, ended_at,
            purged_at, created_at, created_by, updated_at, updated_by""";

    static final PagedStatement<Deploy> LIST = new PagedStatement<>(
            COLUMNS, "FROM deploy WHERE deployment_id = :deploymentId", SORTS, (row, _) -> deploy(row));

    private static final String BY_ID = "SELECT " + COLUMNS + " FROM deploy WHERE id = :id";

    private static final String BY_ID_FOR_UPDATE = BY_ID + " FOR UPDATE";

    private static final String INSERT = """
            INSERT INTO deploy (id, organization_id, deployment_id, type, state, status_reason, description, git,
                runtime_version, image_tag, is_dag_deploy_enabled, rollback_from_id, bundle_version, queue_number,
                is_forced, code, finalized_at, created_at, created_by, updated_at, updated_by)
            VALUES (:id, :organizationId, :deploymentId, :type, :state, :statusReason, :description, :git::jsonb,
                :runtimeVersion, :imageTag, :isDagDeployEnabled, :rollbackFromId, :bundleVersion, NULL,
                :isForced, :code::jsonb, :finalizedAt, :createdAt, :createdBy::jsonb, :updatedAt, :updatedBy::jsonb)
            """;

    private static final String DESCRIBE = """
            UPDATE deploy SET description = :description, updated_at = :updatedAt, updated_by = :updatedBy::jsonb
            WHERE id = :id
            """;

    // two at the same instant would have the same name
    private static final String VERSION_TAKEN = """
            SELECT EXISTS (SELECT 1 FROM deploy WHERE deployment_id = :deploymentId AND bundle_version = :version)
            """;

    private static final String UPLOADED = """
            UPDATE deploy SET bundle_version = :version, upload_bytes = :bytes, upload_sha256 = :sha256 WHERE id = :id
            """;

    private static final String QUEUE = """
            UPDATE deploy SET state = 'QUEUED', status_reason = :reason, is_forced = :isForced, finalized_at = :now,
                bundle_version = :version,
                queue_number = (SELECT coalesce(max(other.queue_number), 0) + 1 FROM deploy other
                    WHERE other.deployment_id = deploy.deployment_id)
            WHERE id = :id
            """;

    private static final String NEXT = "SELECT " + COLUMNS + """
             FROM deploy WHERE deployment_id = :deploymentId AND state IN ('QUEUED', 'VALIDATING', 'ACTIVATING')
            ORDER BY queue_number
            """;

    private static final String WAITING_DEPLOYMENTS = """
            SELECT DISTINCT deployment_id FROM deploy WHERE state IN ('QUEUED', 'VALIDATING', 'ACTIVATING')
            """;

    private static final String VALIDATING = """
            UPDATE deploy SET state = 'VALIDATING', status_reason = :reason
            WHERE id = :id AND state IN ('QUEUED', 'VALIDATING')
            """;

    private static final String ACTIVATING = """
            UPDATE deploy SET state = 'ACTIVATING', status_reason = :reason, code = :code::jsonb,
                findings = :findings::jsonb
            WHERE id = :id AND state = 'VALIDATING'
            """;

    private static final String STILL_ACTIVATING = """
            UPDATE deploy SET status_reason = :reason
            WHERE id = :id AND state = 'ACTIVATING' AND jsonb_array_length(findings -> 'errors') = 0
            """;

    // the newest of those that brought this version, should a rollback have brought it twice; those before it can no
    // longer go live
    private static final String LIVE = """
            WITH ended AS (SELECT max(queue_number) AS queue_number FROM deploy
                WHERE deployment_id = :deploymentId AND state = 'ACTIVATING' AND bundle_version = :version)
            UPDATE deploy SET ended_at = :now,
                state = CASE WHEN deploy.queue_number = ended.queue_number THEN 'DEPLOYED' ELSE 'FAILED' END,
                status_reason = CASE
                    WHEN deploy.queue_number <> ended.queue_number THEN 'A newer deploy went live before this one did'
                    WHEN jsonb_array_length(deploy.findings -> 'errors') > 0 THEN deploy.status_reason
                    ELSE '' END
            FROM ended
            WHERE deployment_id = :deploymentId AND state = 'ACTIVATING' AND deploy.queue_number <= ended.queue_number
            """;

    private static final String FAIL = """
            UPDATE deploy SET state = 'FAILED', status_reason = :reason, findings = coalesce(:findings::jsonb, findings),
                ended_at = :now
            WHERE id = :id AND state IN ('CREATED', 'QUEUED', 'VALIDATING')
            """;

    private static final String FAIL_ALL = """
            UPDATE deploy SET state = 'FAILED', status_reason = :reason, ended_at = :now
            WHERE deployment_id = :deploymentId AND state IN ('CREATED', 'QUEUED', 'VALIDATING', 'ACTIVATING')
            """;

    private static final String FAIL_ALL_BUT_NEWEST = """
            UPDATE deploy SET state = 'FAILED', status_reason = :reason, ended_at = :now
            WHERE id IN (SELECT id FROM deploy WHERE deployment_id = :deploymentId AND state = 'CREATED'
                ORDER BY created_at DESC, id DESC OFFSET :newest)
            """;

    private static final String EXPIRE = """
            UPDATE deploy SET state = 'FAILED', status_reason = :reason, ended_at = :now
            WHERE state = 'CREATED' AND created_at <= :before
            """;

    // what the queue ends with: what is live now, or will be when nothing fails
    private static final String NEWEST_GOING = "SELECT " + COLUMNS + """
             FROM deploy
            WHERE deployment_id = :deploymentId AND state IN ('QUEUED', 'VALIDATING', 'ACTIVATING', 'DEPLOYED')
            ORDER BY queue_number DESC LIMIT 1
            """;

    private static final String CURRENT = """
            SELECT deploy.id FROM deploy JOIN deployment ON deployment.id = deploy.deployment_id
            WHERE deployment.id = :deploymentId AND deploy.state = 'DEPLOYED'
              AND deploy.bundle_version = deployment.live_bundle_version
            ORDER BY queue_number DESC LIMIT 1
            """;

    Page<Deploy> list(Transaction transaction, DeploymentId deploymentId, PageRequest request) {
        return LIST.fetch(transaction, request, query -> query.bind("deploymentId", deploymentId));
    }

    Optional<Deploy> find(Transaction transaction, DeployId id) {
        return transaction
                .handle()
                .createQuery(BY_ID)
                .bind("id", id)
                .map((row, _) -> deploy(row))
                .findOne();
    }

    Optional<Deploy> findForUpdate(Transaction transaction, DeployId id) {
        return transaction
                .handle()
                .createQuery(BY_ID_FOR_UPDATE)
                .bind("id", id)
                .map((row, _) -> deploy(row))
                .findOne();
    }

    void insert(Transaction transaction, Deploy deploy) {
        transaction
                .handle()
                .createUpdate(INSERT)
                .bind("id", deploy.id())
                .bind("organizationId", deploy.organizationId())
                .bind("deploymentId", deploy.deploymentId())
                .bind("type", deploy.type().name())
                .bind("state", deploy.state().name())
                .bind("statusReason", deploy.statusReason())
                .bind("description", deploy.description().orElse(null))
                .bind("git", deploy.git().map(JsonColumn::write).orElse(null))
                .bind("runtimeVersion", deploy.runtimeVersion())
                .bind("imageTag", deploy.imageTag())
                .bind("isDagDeployEnabled", deploy.dagDeployEnabled())
                .bind(
                        "rollbackFromId",
                        deploy.rollbackFromId().map(DeployId::value).orElse(null))
                .bind("bundleVersion", deploy.version().map(BundleVersion::text).orElse(null))
                .bind("isForced", deploy.forced())
                .bind("code", deploy.code().map(JsonColumn::write).orElse(null))
                .bind("finalizedAt", deploy.finalizedAt().orElse(null))
                .bindMap(AuthorshipColumns.write(deploy.authorship()))
                .execute();
    }

    void describe(Transaction transaction, Deploy deploy) {
        transaction
                .handle()
                .createUpdate(DESCRIBE)
                .bind("id", deploy.id())
                .bind("description", deploy.description().orElse(null))
                .bindMap(AuthorshipColumns.write(deploy.authorship()))
                .execute();
    }

    boolean versionTaken(Transaction transaction, DeploymentId deploymentId, BundleVersion version) {
        return transaction
                .handle()
                .createQuery(VERSION_TAKEN)
                .bind("deploymentId", deploymentId)
                .bind("version", version.text())
                .mapTo(Boolean.class)
                .one();
    }

    void uploaded(Transaction transaction, DeployId id, BundleVersion version, long bytes, String sha256) {
        transaction
                .handle()
                .createUpdate(UPLOADED)
                .bind("id", id)
                .bind("version", version.text())
                .bind("bytes", bytes)
                .bind("sha256", sha256)
                .execute();
    }

    /// Puts it at the end of its Deployment's queue; the Deployment must be locked.
    void queue(
            Transaction transaction, DeployId id, BundleVersion version, boolean forced, String reason, Instant now) {
        transaction
                .handle()
                .createUpdate(QUEUE)
                .bind("id", id)
                .bind("version", version.text())
                .bind("isForced", forced)
                .bind("reason", reason)
                .bind("now", now)
                .execute();
    }

    /// Those that are under way, in the order in which they are to be processed.
    List<Deploy> underWay(Transaction transaction, DeploymentId deploymentId) {
        return ofDeployment(transaction, NEXT, deploymentId)
                .map((row, _) -> deploy(row))
                .list();
    }

    List<DeploymentId> waitingDeployments(Transaction transaction) {
        return transaction
                .handle()
                .createQuery(WAITING_DEPLOYMENTS)
                .map((row, _) -> new DeploymentId(row.getString("deployment_id")))
                .list();
    }

    /// False if it has ended meanwhile.
    boolean validating(Transaction transaction, DeployId id, String reason) {
        return transaction
                        .handle()
                        .createUpdate(VALIDATING)
                        .bind("id", id)
                        .bind("reason", reason)
                        .execute()
                > 0;
    }

    /// False if it has ended meanwhile.
    boolean activating(Transaction transaction, DeployId id, DesiredCode code, Findings findings, String reason) {
        return transaction
                        .handle()
                        .createUpdate(ACTIVATING)
                        .bind("id", id)
                        .bind("code", JsonColumn.write(code))
                        .bind("findings", JsonColumn.write(findings))
                        .bind("reason", reason)
                        .execute()
                > 0;
    }

    /// Says why it is not live yet; nothing if it has ended meanwhile.
    void stillActivating(Transaction transaction, DeployId id, String reason) {
        transaction
                .handle()
                .createUpdate(STILL_ACTIVATING)
                .bind("id", id)
                .bind("reason", reason)
                .execute();
    }

    /// How many deploys ended by that.
    int live(Transaction transaction, DeploymentId deploymentId, BundleVersion version, Instant now) {
        return transaction
                .handle()
                .createUpdate(LIVE)
                .bind("deploymentId", deploymentId)
                .bind("version", version.text())
                .bind("now", now)
                .execute();
    }

    void fail(Transaction transaction, DeployId id, String reason, Optional<Findings> findings, Instant now) {
        transaction
                .handle()
                .createUpdate(FAIL)
                .bind("id", id)
                .bind("reason", reason)
                .bind("findings", findings.map(JsonColumn::write).orElse(null))
                .bind("now", now)
                .execute();
    }

    void failAll(Transaction transaction, DeploymentId deploymentId, String reason, Instant now) {
        transaction
                .handle()
                .createUpdate(FAIL_ALL)
                .bind("deploymentId", deploymentId)
                .bind("reason", reason)
                .bind("now", now)
                .execute();
    }

    /// Ends those that wait to be finalized, the newest excepted.
    void failAllButNewest(Transaction transaction, DeploymentId deploymentId, int newest, String reason, Instant now) {
        transaction
                .handle()
                .createUpdate(FAIL_ALL_BUT_NEWEST)
                .bind("deploymentId", deploymentId)
                .bind("newest", newest)
                .bind("reason", reason)
                .bind("now", now)
                .execute();
    }

    int expire(Transaction transaction, Instant before, String reason, Instant now) {
        return transaction
                .handle()
                .createUpdate(EXPIRE)
                .bind("before", before)
                .bind("reason", reason)
                .bind("now", now)
                .execute();
    }

    Optional<Deploy> newestGoing(Transaction transaction, DeploymentId deploymentId) {
        return ofDeployment(transaction, NEWEST_GOING, deploymentId)
                .map((row, _) -> deploy(row))
                .findOne();
    }

    Optional<DeployId> current(Transaction transaction, DeploymentId deploymentId) {
        return ofDeployment(transaction, CURRENT, deploymentId)
                .map((row, _) -> new DeployId(row.getString("id")))
                .findOne();
    }

    private static Query ofDeployment(Transaction transaction, String sql, DeploymentId deploymentId) {
        return transaction.handle().createQuery(sql).bind("deploymentId", deploymentId);
    }

    private static Deploy deploy(ResultSet row) throws SQLException {
        return new Deploy(
                new DeployId(row.getString("id")),
                new OrganizationId(row.getString("organization_id")),
                new DeploymentId(row.getString("deployment_id")),
                DeployType.valueOf(row.getString("type")),
                DeployState.valueOf(row.getString("state")),
                row.getString("status_reason"),
                Optional.ofNullable(row.getString("description")),
                json(row, "git", GitCommit.class),
                row.getString("runtime_version"),
                row.getString("image_tag"),
                row.getBoolean("is_dag_deploy_enabled"),
                Optional.ofNullable(row.getString("rollback_from_id")).map(DeployId::new),
                Optional.ofNullable(row.getString("bundle_version")).map(BundleVersion::new),
                row.getBoolean("is_forced"),
                json(row, "code", DesiredCode.class),
                json(row, "findings", Findings.class),
                instant(row, "finalized_at"),
                instant(row, "ended_at"),
                instant(row, "purged_at"),
                AuthorshipColumns.read(row));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static <T> Optional<T> json(ResultSet row, String column, Class<T> type) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(text -> JsonColumn.read(text, type));
    }
}
