package io.headgate.deployment;

import io.headgate.access.Reach;
import io.headgate.access.Scope;
import io.headgate.deployment.variable.ShownVariable;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.Id;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/// SQL of Deployments; a deleted one is invisible to everything but the runtime that still has to retire it.
final class DeploymentStore {
    static final SortColumns SORTS =
            new SortColumns(Map.of("name", "name", "createdAt", "created_at", "updatedAt", "updated_at"));

    private static final String COLUMNS = """
            id, organization_id, workspace_id,
            (SELECT w.name FROM workspace w WHERE w.id = workspace_id) AS workspace_name,
            namespace, name, description, runtime_version, settings, dags_paused_at_creation, sealed_secrets, status,
            status_reason, revision, desired_code, live_bundle_version, python_lock, instance_name,
            (SELECT jsonb_agg(jsonb_build_object('key', v.key, 'value', CASE WHEN v.is_secret THEN NULL ELSE v.value END,
                    'secret', v.is_secret, 'updatedAt', v.updated_at) ORDER BY v.key COLLATE "C")
                FROM environment_variable v WHERE v.deployment_id = deployment.id) AS shown_variables,
            created_at, created_by, updated_at, updated_by""";

    static final PagedStatement<Deployment> LIST =
            new PagedStatement<>(COLUMNS, """
            FROM deployment
            WHERE organization_id = :organizationId AND deleted_at IS NULL
              AND (:everything OR workspace_id = ANY(:reachedWorkspaces) OR id = ANY(:reached))
              AND (cardinality(:ids::text[]) = 0 OR id = ANY(:ids))
              AND (cardinality(:names::text[]) = 0 OR name = ANY(:names))
              AND (cardinality(:workspaceIds::text[]) = 0 OR workspace_id = ANY(:workspaceIds))
            """, SORTS, (row, _) -> deployment(row));

    private static final String BY_ID = "SELECT " + COLUMNS + """

            FROM deployment
            WHERE organization_id = :organizationId AND id = :id AND deleted_at IS NULL
              AND (:everything OR workspace_id = ANY(:reachedWorkspaces) OR id = ANY(:reached))
            """;

    private static final String BY_ID_FOR_UPDATE = BY_ID + " FOR UPDATE";

    private static final String COUNT_ALIVE = "SELECT count(*) FROM deployment WHERE deleted_at IS NULL";

    // makes two creations wait for each other, so that neither misses the other in the count
    private static final String LOCK_CREATION = "SELECT pg_advisory_xact_lock(hashtext('deployment.create'))";

    private static final String INSERT = """
            INSERT INTO deployment (id, organization_id, workspace_id, namespace, name, description, runtime_version,
                settings, dags_paused_at_creation, sealed_secrets, status, status_reason, python_lock, created_at,
                created_by, updated_at, updated_by)
            VALUES (:id, :organizationId, :workspaceId, :namespace, :name, :description, :runtimeVersion,
                :settings::jsonb, :dagsPausedAtCreation, :sealedSecrets, :status, :statusReason, :pythonLock::jsonb,
                :createdAt, :createdBy::jsonb, :updatedAt, :updatedBy::jsonb)
            """;

    // Airflow shows the name it was started with until it starts again for another reason
    private static final String UPDATE = """
            UPDATE deployment SET name = :name, description = :description, settings = :settings::jsonb,
                python_lock = :pythonLock::jsonb,
                instance_name = CASE WHEN :restarts THEN NULL ELSE coalesce(instance_name, name) END,
                updated_at = :updatedAt, updated_by = :updatedBy::jsonb
            WHERE id = :id
            """;

    private static final String NAME_TAKEN = """
            SELECT EXISTS (SELECT 1 FROM deployment
                WHERE workspace_id = :workspaceId AND name = :name AND deleted_at IS NULL)
            """;

    private static final String NAMESPACE_TAKEN =
            "SELECT EXISTS (SELECT 1 FROM deployment WHERE namespace = :namespace)";

    private static final String DELETE = "UPDATE deployment SET deleted_at = :now WHERE id = :id";

    private static final String PRESENT = "SELECT " + COLUMNS + " FROM deployment WHERE deleted_at IS NULL ORDER BY id";

    private static final String PRESENT_BY_ID =
            "SELECT " + COLUMNS + " FROM deployment WHERE id = :id AND deleted_at IS NULL";

    private static final String TO_RETIRE =
            "SELECT " + COLUMNS + " FROM deployment WHERE deleted_at IS NOT NULL AND retired_at IS NULL ORDER BY id";

    // a look at an earlier revision says nothing about whether the newer one runs
    private static final String OBSERVE = """
            UPDATE deployment SET
                status = CASE WHEN revision = :revision THEN :status ELSE status END,
                status_reason = CASE WHEN revision = :revision THEN :reason ELSE status_reason END,
                live_bundle_version = coalesce(:live, live_bundle_version)
            WHERE id = :id AND deleted_at IS NULL
            """;

    private static final String REVISE = """
            UPDATE deployment SET revision = revision + 1, status_reason = :reason,
                status = CASE WHEN status = 'CREATING' THEN status ELSE 'DEPLOYING' END
            WHERE id = :id
            """;

    private static final String DESIRE_CODE = """
            UPDATE deployment SET desired_code = :code::jsonb WHERE id = :id AND deleted_at IS NULL
            """;

    private static final String ENABLE_DAG_DEPLOY = """
            UPDATE deployment SET settings = jsonb_set(settings, '{dagDeployEnabled}', 'true')
            WHERE id = :id AND deleted_at IS NULL
            """;

    private static final String FORGET = """
            UPDATE deployment SET status = 'UNKNOWN', status_reason = :reason
            WHERE deleted_at IS NULL AND status <> 'CREATING'
            """;

    private static final String RETIRED = "UPDATE deployment SET retired_at = :now WHERE id = :id";

    /// A row with what only the runtime may see.
    record Run(
            Deployment deployment,
            boolean dagsPausedAtCreation,
            String sealedSecrets,
            long revision,
            Optional<DesiredCode> code,
            Optional<PythonLock> python,
            Optional<String> instanceName) {

        /// What Airflow's pages call it: a new name arrives there with the next start.
        String airflowName() {
            return instanceName.orElse(deployment.name());
        }
    }

    Page<Deployment> list(
            Transaction transaction,
            OrganizationId organizationId,
            Reach reach,
            DeploymentFilter filter,
            PageRequest request) {
        return LIST.fetch(
                transaction,
                request,
                query -> reached(query, organizationId, reach)
                        .bindArray("ids", String.class, Id.values(filter.ids()))
                        .bindArray("names", String.class, filter.names())
                        .bindArray("workspaceIds", String.class, Id.values(filter.workspaceIds())));
    }

    /// What lies beyond the reach is not found, and takes no longer than what is not there.
    Optional<Deployment> find(Transaction transaction, OrganizationId organizationId, Reach reach, DeploymentId id) {
        return find(transaction, BY_ID, organizationId, reach, id)
                .map((row, _) -> deployment(row))
                .findOne();
    }

    Optional<Deployment> findForUpdate(
            Transaction transaction, OrganizationId organizationId, Reach reach, DeploymentId id) {
        return find(transaction, BY_ID_FOR_UPDATE, organizationId, reach, id)
                .map((row, _) -> deployment(row))
                .findOne();
    }

    /// The same with what only the runtime may see.
    Optional<Run> findRunForUpdate(
            Transaction transaction, OrganizationId organizationId, Reach reach, DeploymentId id) {
        return find(transaction, BY_ID_FOR_UPDATE, organizationId, reach, id)
                .map((row, _) -> run(row))
                .findOne();
    }

    /// No other Deployment is given a name until this transaction ends.
    void lockNames(Transaction transaction) {
        transaction.handle().createQuery(LOCK_CREATION).mapToMap().one();
    }

    /// How many Deployments there are; no other creation goes on until this transaction ends.
    int countForCreation(Transaction transaction) {
        lockNames(transaction);
        return transaction
                .handle()
                .createQuery(COUNT_ALIVE)
                .mapTo(Integer.class)
                .one();
    }

    boolean nameTaken(Transaction transaction, WorkspaceId workspaceId, String name) {
        return transaction
                .handle()
                .createQuery(NAME_TAKEN)
                .bind("workspaceId", workspaceId)
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
    }

    boolean namespaceTaken(Transaction transaction, String namespace) {
        return transaction
                .handle()
                .createQuery(NAMESPACE_TAKEN)
                .bind("namespace", namespace)
                .mapTo(Boolean.class)
                .one();
    }

    void insert(Transaction transaction, Run run) {
        Deployment deployment = run.deployment();
        transaction
                .handle()
                .createUpdate(INSERT)
                .bind("id", deployment.id())
                .bind("organizationId", deployment.scope().organizationId())
                .bind("workspaceId", deployment.scope().workspaceId())
                .bind("namespace", deployment.namespace())
                .bind("name", deployment.name())
                .bind("description", deployment.description().orElse(null))
                .bind("runtimeVersion", deployment.release().version())
                .bind("settings", JsonColumn.write(deployment.settings()))
                .bind("dagsPausedAtCreation", run.dagsPausedAtCreation())
                .bind("sealedSecrets", run.sealedSecrets())
                .bind("status", deployment.status().name())
                .bind("statusReason", deployment.statusReason())
                .bind("pythonLock", run.python().map(JsonColumn::write).orElse(null))
                .bindMap(AuthorshipColumns.write(deployment.authorship()))
                .execute();
    }

    void update(Transaction transaction, Deployment deployment, Optional<PythonLock> python, boolean restarts) {
        transaction
                .handle()
                .createUpdate(UPDATE)
                .bind("id", deployment.id())
                .bind("name", deployment.name())
                .bind("description", deployment.description().orElse(null))
                .bind("settings", JsonColumn.write(deployment.settings()))
                .bind("pythonLock", python.map(JsonColumn::write).orElse(null))
                .bind("restarts", restarts)
                .bindMap(AuthorshipColumns.write(deployment.authorship()))
                .execute();
    }

    void delete(Transaction transaction, DeploymentId id, Instant now) {
        transaction
                .handle()
                .createUpdate(DELETE)
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    List<Run> present(Transaction transaction) {
        return transaction
                .handle()
                .createQuery(PRESENT)
                .map((row, _) -> run(row))
                .list();
    }

    Optional<Run> present(Transaction transaction, DeploymentId id) {
        return transaction
                .handle()
                .createQuery(PRESENT_BY_ID)
                .bind("id", id)
                .map((row, _) -> run(row))
                .findOne();
    }

    List<Run> toRetire(Transaction transaction) {
        return transaction
                .handle()
                .createQuery(TO_RETIRE)
                .map((row, _) -> run(row))
                .list();
    }

    /// Leaves `updated_at` alone: it tells what people did (design of the wire).
    void observe(
            Transaction transaction,
            DesiredAirflow airflow,
            DeploymentStatus status,
            String reason,
            Optional<BundleVersion> live) {
        transaction
                .handle()
                .createUpdate(OBSERVE)
                .bind("id", airflow.id())
                .bind("revision", airflow.revision())
                .bind("status", status.name())
                .bind("reason", reason)
                .bind("live", live.map(BundleVersion::text).orElse(null))
                .execute();
    }

    /// Says that what is to run has changed: DEPLOYING until a runtime has seen this very revision run (D3, V9).
    void revise(Transaction transaction, DeploymentId id, String reason) {
        transaction
                .handle()
                .createUpdate(REVISE)
                .bind("id", id)
                .bind("reason", reason)
                .execute();
    }

    /// Sets what Airflow is to serve; it is for the caller to {@link #revise}.
    void desireCode(Transaction transaction, DeploymentId id, DesiredCode code) {
        transaction
                .handle()
                .createUpdate(DESIRE_CODE)
                .bind("id", id)
                .bind("code", JsonColumn.write(code))
                .execute();
    }

    void enableDagDeploy(Transaction transaction, DeploymentId id) {
        transaction.handle().createUpdate(ENABLE_DAG_DEPLOY).bind("id", id).execute();
    }

    /// What an earlier run of Headgate saw says nothing about now; one that never came up is still being created.
    void forgetObservations(Transaction transaction, String reason) {
        transaction.handle().createUpdate(FORGET).bind("reason", reason).execute();
    }

    void retired(Transaction transaction, DeploymentId id, Instant now) {
        transaction
                .handle()
                .createUpdate(RETIRED)
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    private static Query find(
            Transaction transaction, String sql, OrganizationId organizationId, Reach reach, DeploymentId id) {
        return reached(transaction.handle().createQuery(sql), organizationId, reach)
                .bind("id", id);
    }

    private static Query reached(Query query, OrganizationId organizationId, Reach reach) {
        return query.bind("organizationId", organizationId)
                .bind("everything", reach.everything())
                .bindArray("reachedWorkspaces", String.class, Id.values(reach.workspaces()))
                .bindArray("reached", String.class, Id.values(reach.deployments()));
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                deployment(row),
                row.getBoolean("dags_paused_at_creation"),
                row.getString("sealed_secrets"),
                row.getLong("revision"),
                json(row, "desired_code", DesiredCode.class),
                json(row, "python_lock", PythonLock.class),
                Optional.ofNullable(row.getString("instance_name")));
    }

    private static <T> Optional<T> json(ResultSet row, String column, Class<T> type) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(text -> JsonColumn.read(text, type));
    }

    private static Deployment deployment(ResultSet row) throws SQLException {
        String version = row.getString("runtime_version");
        return new Deployment(
                new Scope.OfDeployment(
                        new OrganizationId(row.getString("organization_id")),
                        new WorkspaceId(row.getString("workspace_id")),
                        new DeploymentId(row.getString("id"))),
                row.getString("workspace_name"),
                row.getString("namespace"),
                row.getString("name"),
                Optional.ofNullable(row.getString("description")),
                RuntimeRelease.named(version)
                        .orElseThrow(() -> new IllegalStateException("unknown runtime version " + version)),
                JsonColumn.read(row.getString("settings"), DeploymentSettings.class),
                json(row, "shown_variables", ShownVariable[].class)
                        .map(List::of)
                        .orElse(List.of()),
                DeploymentStatus.valueOf(row.getString("status")),
                row.getString("status_reason"),
                Optional.ofNullable(row.getString("live_bundle_version")).map(BundleVersion::new),
                json(row, "desired_code", DesiredCode.class).map(DesiredCode::version),
                AuthorshipColumns.read(row));
    }
}
