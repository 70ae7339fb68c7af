package io.headgate.access;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The 70 rights on one Deployment, with their names on the wire, and who holds them by default: one row of the role
/// matrix each.
///
/// The marks are the columns of {@link Column} in their order, `✓` for held. `TK` differs from `DA` in that a token
/// never
/// changes membership (Z2); 61 of 70 are held by a Deployment token (R15).
public enum DeploymentPermission implements Permission {
    GET("deployment.get", "✓✓✓✓✓✓"),
    UPDATE("deployment.update", "··✓✓✓✓"),
    DELETE("deployment.delete", "··✓✓✓✓"),
    AIRFLOW_ADMIN_MENU_GET("deployment.airflow.adminMenu.get", "·✓✓✓✓✓"),
    AIRFLOW_ASTRONOMER_GET("deployment.airflow.astronomer.get", "✓✓✓✓✓✓"),
    AIRFLOW_AUDIT_LOG_GET("deployment.airflow.auditLog.get", "✓✓✓✓✓✓"),
    AIRFLOW_BROWSE_MENU_GET("deployment.airflow.browseMenu.get", "✓✓✓✓✓✓"),
    AIRFLOW_CLUSTER_ACTIVITY_GET("deployment.airflow.clusterActivity.get", "✓✓✓✓✓✓"),
    AIRFLOW_CUSTOM_MENU_GET("deployment.airflow.customMenu.get", "✓✓✓✓✓✓"),
    AIRFLOW_CONFIG_MENU_GET("deployment.airflow.configMenu.get", "··✓✓✓✓"),
    AIRFLOW_CONNECTION_GET("deployment.airflow.connection.get", "·✓✓✓✓✓"),
    AIRFLOW_CONNECTION_CREATE("deployment.airflow.connection.create", "··✓✓✓✓"),
    AIRFLOW_CONNECTION_UPDATE("deployment.airflow.connection.update", "··✓✓✓✓"),
    AIRFLOW_CONNECTION_DELETE("deployment.airflow.connection.delete", "··✓✓✓✓"),
    AIRFLOW_DAG_GET("deployment.airflow.dag.get", "✓✓✓✓✓✓"),
    AIRFLOW_DAG_UPDATE("deployment.airflow.dag.update", "·✓✓✓✓✓"),
    AIRFLOW_DAG_DELETE("deployment.airflow.dag.delete", "·✓✓✓✓✓"),
    AIRFLOW_DAG_CODE_GET("deployment.airflow.dagCode.get", "✓✓✓✓✓✓"),
    AIRFLOW_DAG_DEPENDENCIES_GET("deployment.airflow.dagDependencies.get", "✓✓✓✓✓✓"),
    AIRFLOW_DAG_RUN_GET("deployment.airflow.dagRun.get", "✓✓✓✓✓✓"),
    AIRFLOW_DAG_RUN_CREATE("deployment.airflow.dagRun.create", "·✓✓✓✓✓"),
    AIRFLOW_DAG_RUN_UPDATE("deployment.airflow.dagRun.update", "·✓✓✓✓✓"),
    AIRFLOW_DAG_RUN_DELETE("deployment.airflow.dagRun.delete", "·✓✓✓✓✓"),
    AIRFLOW_DATASETS_GET("deployment.airflow.datasets.get", "✓✓✓✓✓✓"),
    AIRFLOW_DOCS_GET("deployment.airflow.docs.get", "✓✓✓✓✓✓"),
    AIRFLOW_IMPORT_ERROR_GET("deployment.airflow.importError.get", "✓✓✓✓✓✓"),
    AIRFLOW_JOB_GET("deployment.airflow.job.get", "✓✓✓✓✓✓"),
    AIRFLOW_PLUGIN_GET("deployment.airflow.plugin.get", "·✓✓✓✓✓"),
    AIRFLOW_POOL_GET("deployment.airflow.pool.get", "·✓✓✓✓✓"),
    AIRFLOW_POOL_CREATE("deployment.airflow.pool.create", "··✓✓✓✓"),
    AIRFLOW_POOL_UPDATE("deployment.airflow.pool.update", "··✓✓✓✓"),
    AIRFLOW_POOL_DELETE("deployment.airflow.pool.delete", "··✓✓✓✓"),
    AIRFLOW_PROVIDER_GET("deployment.airflow.provider.get", "·✓✓✓✓✓"),
    AIRFLOW_SLA_MISS_GET("deployment.airflow.slaMiss.get", "✓✓✓✓✓✓"),
    AIRFLOW_TASK_INSTANCE_GET("deployment.airflow.taskInstance.get", "✓✓✓✓✓✓"),
    AIRFLOW_TASK_INSTANCE_CREATE("deployment.airflow.taskInstance.create", "·✓✓✓✓✓"),
    AIRFLOW_TASK_INSTANCE_UPDATE("deployment.airflow.taskInstance.update", "·✓✓✓✓✓"),
    AIRFLOW_TASK_INSTANCE_DELETE("deployment.airflow.taskInstance.delete", "·✓✓✓✓✓"),
    AIRFLOW_TASK_LOG_GET("deployment.airflow.taskLog.get", "✓✓✓✓✓✓"),
    AIRFLOW_TASK_RESCHEDULE_GET("deployment.airflow.taskReschedule.get", "✓✓✓✓✓✓"),
    AIRFLOW_TRIGGER_GET("deployment.airflow.trigger.get", "✓✓✓✓✓✓"),
    AIRFLOW_VARIABLE_GET("deployment.airflow.variable.get", "·✓✓✓✓✓"),
    AIRFLOW_VARIABLE_CREATE("deployment.airflow.variable.create", "··✓✓✓✓"),
    AIRFLOW_VARIABLE_UPDATE("deployment.airflow.variable.update", "··✓✓✓✓"),
    AIRFLOW_VARIABLE_DELETE("deployment.airflow.variable.delete", "··✓✓✓✓"),
    AIRFLOW_WEBSITE_GET("deployment.airflow.website.get", "✓✓✓✓✓✓"),
    AIRFLOW_XCOM_GET("deployment.airflow.xcom.get", "·✓✓✓✓✓"),
    AIRFLOW_XCOM_DELETE("deployment.airflow.xcom.delete", "··✓✓✓✓"),
    ALERTS_GET("deployment.alerts.get", "✓✓✓✓✓✓"),
    ALERTS_CREATE("deployment.alerts.create", "·✓✓✓··"),
    ALERTS_UPDATE("deployment.alerts.update", "·✓✓✓··"),
    ALERTS_DELETE("deployment.alerts.delete", "·✓✓✓··"),
    API_TOKENS_GET("deployment.apiTokens.get", "··✓✓✓✓"),
    API_TOKENS_CREATE("deployment.apiTokens.create", "···✓··"),
    API_TOKENS_UPDATE("deployment.apiTokens.update", "···✓··"),
    API_TOKENS_DELETE("deployment.apiTokens.delete", "···✓··"),
    API_TOKENS_ROTATE("deployment.apiTokens.rotate", "···✓··"),
    DEPLOYS_GET("deployment.deploys.get", "✓✓✓✓✓✓"),
    DEPLOYS_CREATE("deployment.deploys.create", "·✓✓✓✓✓"),
    DEPLOYS_UPDATE("deployment.deploys.update", "··✓✓✓✓"),
    ENV_OBJECTS_GET("deployment.envObjects.get", "·✓✓✓✓✓"),
    ENV_OBJECTS_CREATE("deployment.envObjects.create", "··✓✓✓✓"),
    ENV_OBJECTS_UPDATE("deployment.envObjects.update", "··✓✓✓✓"),
    ENV_OBJECTS_DELETE("deployment.envObjects.delete", "··✓✓✓✓"),
    LOGS_GET("deployment.logs.get", "✓✓✓✓✓✓"),
    METRICS_GET("deployment.metrics.get", "✓✓✓✓✓✓"),
    TEAMS_GET("deployment.teams.get", "✓✓✓✓✓✓"),
    TEAMS_DELETE("deployment.teams.delete", "···✓✓·"),
    USERS_GET("deployment.users.get", "✓✓✓✓✓✓"),
    USERS_DELETE("deployment.users.delete", "···✓✓·");

    private static final Map<String, DeploymentPermission> BY_WIRE_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(DeploymentPermission::wireName, Function.identity()));

    private final String wireName;
    private final Set<Column> columns;

    DeploymentPermission(String wireName, String marks) {
        this.wireName = wireName;
        this.columns = Column.marked(marks);
    }

    /// The permission of that name, or empty: an unknown name never grants anything.
    public static Optional<DeploymentPermission> named(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }

    /// What one column of the matrix holds.
    public static Set<DeploymentPermission> in(Column column) {
        return Arrays.stream(values())
                .filter(permission -> permission.columns.contains(column))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String wireName() {
        return wireName;
    }

    /// Who may hold rights on a Deployment by default.
    public enum Column {
        /// Workspace Member, on every Deployment of the Workspace.
        WM,
        /// Workspace Author.
        WA,
        /// Workspace Operator.
        WOP,
        /// Workspace Owner.
        WOW,
        /// `DEPLOYMENT_ADMIN` held by a user or Team.
        DA,
        /// `DEPLOYMENT_ADMIN` held by an API token, of whatever scope (T7).
        TK;

        private static final char HELD = '✓';

        private static Set<Column> marked(String marks) {
            Column[] all = values();
            if (marks.length() != all.length) {
                throw new IllegalArgumentException("one mark for each of " + List.of(all) + ", not " + marks);
            }
            return IntStream.range(0, all.length)
                    .filter(i -> marks.charAt(i) == HELD)
                    .mapToObj(i -> all[i])
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
