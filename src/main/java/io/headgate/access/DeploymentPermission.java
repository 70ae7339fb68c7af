package io.headgate.access;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The 70 rights on one Deployment, with their names on the wire, and whether a Deployment API token holds them by
/// default.
///
/// The column is `TK` of the role matrix (R15): 61 allowed, 9 refused. It differs from the role `DEPLOYMENT_ADMIN` held
/// by
/// a user, who may also change membership (Z2).
public enum DeploymentPermission implements Permission {
    GET("deployment.get", DeploymentToken.ALLOWED),
    UPDATE("deployment.update", DeploymentToken.ALLOWED),
    DELETE("deployment.delete", DeploymentToken.ALLOWED),
    AIRFLOW_ADMIN_MENU_GET("deployment.airflow.adminMenu.get", DeploymentToken.ALLOWED),
    AIRFLOW_ASTRONOMER_GET("deployment.airflow.astronomer.get", DeploymentToken.ALLOWED),
    AIRFLOW_AUDIT_LOG_GET("deployment.airflow.auditLog.get", DeploymentToken.ALLOWED),
    AIRFLOW_BROWSE_MENU_GET("deployment.airflow.browseMenu.get", DeploymentToken.ALLOWED),
    AIRFLOW_CLUSTER_ACTIVITY_GET("deployment.airflow.clusterActivity.get", DeploymentToken.ALLOWED),
    AIRFLOW_CUSTOM_MENU_GET("deployment.airflow.customMenu.get", DeploymentToken.ALLOWED),
    AIRFLOW_CONFIG_MENU_GET("deployment.airflow.configMenu.get", DeploymentToken.ALLOWED),
    AIRFLOW_CONNECTION_GET("deployment.airflow.connection.get", DeploymentToken.ALLOWED),
    AIRFLOW_CONNECTION_CREATE("deployment.airflow.connection.create", DeploymentToken.ALLOWED),
    AIRFLOW_CONNECTION_UPDATE("deployment.airflow.connection.update", DeploymentToken.ALLOWED),
    AIRFLOW_CONNECTION_DELETE("deployment.airflow.connection.delete", DeploymentToken.ALLOWED),
    AIRFLOW_DAG_GET("deployment.airflow.dag.get", DeploymentToken.ALLOWED),
    AIRFLOW_DAG_UPDATE("deployment.airflow.dag.update", DeploymentToken.ALLOWED),
    AIRFLOW_DAG_DELETE("deployment.airflow.dag.delete", DeploymentToken.ALLOWED),
    AIRFLOW_DAG_CODE_GET("deployment.airflow.dagCode.get", DeploymentToken.ALLOWED),
    AIRFLOW_DAG_DEPENDENCIES_GET("deployment.airflow.dagDependencies.get", DeploymentToken.ALLOWED),
    AIRFLOW_DAG_RUN_GET("deployment.airflow.dagRun.get", DeploymentToken.ALLOWED),
    AIRFLOW_DAG_RUN_CREATE("deployment.airflow.dagRun.create", DeploymentToken.ALLOWED),
    AIRFLOW_DAG_RUN_UPDATE("deployment.airflow.dagRun.update", DeploymentToken.ALLOWED),
    AIRFLOW_DAG_RUN_DELETE("deployment.airflow.dagRun.delete", DeploymentToken.ALLOWED),
    AIRFLOW_DATASETS_GET("deployment.airflow.datasets.get", DeploymentToken.ALLOWED),
    AIRFLOW_DOCS_GET("deployment.airflow.docs.get", DeploymentToken.ALLOWED),
    AIRFLOW_IMPORT_ERROR_GET("deployment.airflow.importError.get", DeploymentToken.ALLOWED),
    AIRFLOW_JOB_GET("deployment.airflow.job.get", DeploymentToken.ALLOWED),
    AIRFLOW_PLUGIN_GET("deployment.airflow.plugin.get", DeploymentToken.ALLOWED),
    AIRFLOW_POOL_GET("deployment.airflow.pool.get", DeploymentToken.ALLOWED),
    AIRFLOW_POOL_CREATE("deployment.airflow.pool.create", DeploymentToken.ALLOWED),
    AIRFLOW_POOL_UPDATE("deployment.airflow.pool.update", DeploymentToken.ALLOWED),
    AIRFLOW_POOL_DELETE("deployment.airflow.pool.delete", DeploymentToken.ALLOWED),
    AIRFLOW_PROVIDER_GET("deployment.airflow.provider.get", DeploymentToken.ALLOWED),
    AIRFLOW_SLA_MISS_GET("deployment.airflow.slaMiss.get", DeploymentToken.ALLOWED),
    AIRFLOW_TASK_INSTANCE_GET("deployment.airflow.taskInstance.get", DeploymentToken.ALLOWED),
    AIRFLOW_TASK_INSTANCE_CREATE("deployment.airflow.taskInstance.create", DeploymentToken.ALLOWED),
    AIRFLOW_TASK_INSTANCE_UPDATE("deployment.airflow.taskInstance.update", DeploymentToken.ALLOWED),
    AIRFLOW_TASK_INSTANCE_DELETE("deployment.airflow.taskInstance.delete", DeploymentToken.ALLOWED),
    AIRFLOW_TASK_LOG_GET("deployment.airflow.taskLog.get", DeploymentToken.ALLOWED),
    AIRFLOW_TASK_RESCHEDULE_GET("deployment.airflow.taskReschedule.get", DeploymentToken.ALLOWED),
    AIRFLOW_TRIGGER_GET("deployment.airflow.trigger.get", DeploymentToken.ALLOWED),
    AIRFLOW_VARIABLE_GET("deployment.airflow.variable.get", DeploymentToken.ALLOWED),
    AIRFLOW_VARIABLE_CREATE("deployment.airflow.variable.create", DeploymentToken.ALLOWED),
    AIRFLOW_VARIABLE_UPDATE("deployment.airflow.variable.update", DeploymentToken.ALLOWED),
    AIRFLOW_VARIABLE_DELETE("deployment.airflow.variable.delete", DeploymentToken.ALLOWED),
    AIRFLOW_WEBSITE_GET("deployment.airflow.website.get", DeploymentToken.ALLOWED),
    AIRFLOW_XCOM_GET("deployment.airflow.xcom.get", DeploymentToken.ALLOWED),
    AIRFLOW_XCOM_DELETE("deployment.airflow.xcom.delete", DeploymentToken.ALLOWED),
    ALERTS_GET("deployment.alerts.get", DeploymentToken.ALLOWED),
    ALERTS_CREATE("deployment.alerts.create", DeploymentToken.REFUSED),
    ALERTS_UPDATE("deployment.alerts.update", DeploymentToken.REFUSED),
    ALERTS_DELETE("deployment.alerts.delete", DeploymentToken.REFUSED),
    API_TOKENS_GET("deployment.apiTokens.get", DeploymentToken.ALLOWED),
    API_TOKENS_CREATE("deployment.apiTokens.create", DeploymentToken.REFUSED),
    API_TOKENS_UPDATE("deployment.apiTokens.update", DeploymentToken.REFUSED),
    API_TOKENS_DELETE("deployment.apiTokens.delete", DeploymentToken.REFUSED),
    API_TOKENS_ROTATE("deployment.apiTokens.rotate", DeploymentToken.REFUSED),
    DEPLOYS_GET("deployment.deploys.get", DeploymentToken.ALLOWED),
    DEPLOYS_CREATE("deployment.deploys.create", DeploymentToken.ALLOWED),
    DEPLOYS_UPDATE("deployment.deploys.update", DeploymentToken.ALLOWED),
    ENV_OBJECTS_GET("deployment.envObjects.get", DeploymentToken.ALLOWED),
    ENV_OBJECTS_CREATE("deployment.envObjects.create", DeploymentToken.ALLOWED),
    ENV_OBJECTS_UPDATE("deployment.envObjects.update", DeploymentToken.ALLOWED),
    ENV_OBJECTS_DELETE("deployment.envObjects.delete", DeploymentToken.ALLOWED),
    LOGS_GET("deployment.logs.get", DeploymentToken.ALLOWED),
    METRICS_GET("deployment.metrics.get", DeploymentToken.ALLOWED),
    TEAMS_GET("deployment.teams.get", DeploymentToken.ALLOWED),
    TEAMS_DELETE("deployment.teams.delete", DeploymentToken.REFUSED),
    USERS_GET("deployment.users.get", DeploymentToken.ALLOWED),
    USERS_DELETE("deployment.users.delete", DeploymentToken.REFUSED);

    private static final Map<String, DeploymentPermission> BY_WIRE_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(DeploymentPermission::wireName, Function.identity()));

    private final String wireName;
    private final DeploymentToken deploymentToken;

    DeploymentPermission(String wireName, DeploymentToken deploymentToken) {
        this.wireName = wireName;
        this.deploymentToken = deploymentToken;
    }

    /// The permission of that name, or empty: an unknown name never grants anything.
    public static Optional<DeploymentPermission> named(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }

    /// What a Deployment API token with the built-in role may do (column TK).
    public static Set<DeploymentPermission> ofDeploymentTokens() {
        EnumSet<DeploymentPermission> held = EnumSet.noneOf(DeploymentPermission.class);
        for (DeploymentPermission permission : values()) {
            if (permission.deploymentToken == DeploymentToken.ALLOWED) {
                held.add(permission);
            }
        }
        return Collections.unmodifiableSet(held);
    }

    @Override
    public String wireName() {
        return wireName;
    }

    private enum DeploymentToken {
        ALLOWED,
        REFUSED
    }
}
