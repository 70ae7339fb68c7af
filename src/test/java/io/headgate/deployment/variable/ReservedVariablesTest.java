package io.headgate.deployment.variable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// V12, V13.
final class ReservedVariablesTest {
    /// The 38 that the contract documents.
    private static final String DOCUMENTED = """
            AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__SOCKET_TIMEOUT
            AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__SOCKET_CONNECT_TIMEOUT
            AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__SOCKET_KEEPALIVE
            AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__RETRY_ON_TIMEOUT
            AIRFLOW__LOGGING__DAG_PROCESSOR_LOG_TARGET
            AIRFLOW__LOGGING__REMOTE_LOGGING
            AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER
            AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID
            AIRFLOW__LOGGING__LOGGING_CONFIG_CLASS
            AIRFLOW_CONN_ASTRO_S3_LOGGING
            AIRFLOW__LOGGING__ENCRYPT_S3_LOGS
            AIRFLOW__WEBSERVER__BASE_URL
            AIRFLOW__CORE__SQL_ALCHEMY_CONN
            AIRFLOW__WEBSERVER__UPDATE_FAB_PERMS
            AIRFLOW__WEBSERVER__ENABLE_PROXY_FIX
            AIRFLOW_CONN_AIRFLOW_DB
            AIRFLOW__CORE__FERNET_KEY
            AIRFLOW__CORE__EXECUTOR
            AIRFLOW_HOME
            AIRFLOW__KUBERNETES__NAMESPACE
            AIRFLOW__CORE__HOSTNAME_CALLABLE
            AIRFLOW__SCHEDULER__STATSD_ON
            AIRFLOW__SCHEDULER__STATSD_HOST
            AIRFLOW__SCHEDULER__STATSD_PORT
            AIRFLOW__METRICS__STATSD_ON
            AIRFLOW__METRICS__STATSD_HOST
            AIRFLOW__METRICS__STATSD_PORT
            AIRFLOW__METRICS__STATSD_PREFIX
            AIRFLOW__WEBSERVER__COOKIE_SECURE
            AIRFLOW__WEBSERVER__INSTANCE_NAME
            AIRFLOW__CELERY__WORKER_CONCURRENCY
            AIRFLOW__WEBSERVER__NAVBAR_COLOR
            AIRFLOW__WEBSERVER__EXPOSE_CONFIG
            AWS_DEFAULT_REGION
            AWS_SECRET_ACCESS_KEY
            INSTANCE_TYPE
            OPENLINEAGE_URL
            OPENLINEAGE_API_KEY
            """;

    @Test
    void allDocumentedNamesAreReserved() {
        List<String> names = DOCUMENTED.lines().toList();

        assertThat(names).hasSize(38).allMatch(ReservedVariables::isReserved);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AIRFLOW__CORE__FERNET_KEY_CMD",
                "AIRFLOW__CORE__FERNET_KEY_SECRET",
                "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD",
                "AIRFLOW__API_AUTH__JWT_SECRET",
                "AIRFLOW__core__fernet_key",
                "airflow__core__auth_manager",
                "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST",
                "AIRFLOW__LOGGING__SECRET_MASK_ADAPTER",
                "LD_PRELOAD",
                "PYTHONPATH",
                "HEADGATE_ANYTHING",
                "SPT_NOENV"
            })
    void everyFormOfAReservedNameIsReserved(String name) {
        assertThat(ReservedVariables.isReserved(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AIRFLOW__CORE__PARALLELISM",
                "AIRFLOW__CORE__DAG_CONCURRENCY_CMD",
                "AIRFLOW_CONN_MY_DB",
                "AIRFLOW_VAR_X",
                "AIRFLOW__API__PAGE_SIZE",
                "AWS_ACCESS_KEY_ID",
                "path",
                "HOME_SECRET",
                "MY_PATH"
            })
    void otherNamesAreFree(String name) {
        assertThat(ReservedVariables.isReserved(name)).isFalse();
    }

    @Test
    void anInstallationReservesMoreAndNothingLess() {
        ReservedVariables more = ReservedVariables.and(List.of("VAULT_*"));

        assertThat(more.reason("VAULT_TOKEN")).contains("this installation reserves it");
        assertThat(more.reason("PATH")).isPresent();
        assertThat(ReservedVariables.and(List.of()).reason("VAULT_TOKEN")).isEmpty();
    }

    @Test
    void whatMayBeOverriddenIsNotReserved() {
        assertThat(ReservedVariables.overridable()).isNotEmpty().noneMatch(ReservedVariables::isReserved);
    }
}
