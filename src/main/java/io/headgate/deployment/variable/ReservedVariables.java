package io.headgate.deployment.variable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The names that people cannot set, each with its reason (V12); and those that the platform sets but people may.
///
/// A reserved option is reserved in every form in which Airflow reads it: with `_CMD` and `_SECRET`, and in any letter
/// case below `AIRFLOW__`, because Airflow lower-cases what it lists. A pattern that ends with `*` is a beginning.
public final class ReservedVariables {
    private static final String DATABASE = "the platform gives each Deployment a database of its own";
    private static final String ENTRANCE = "the gateway decides who reaches Airflow, and how";
    private static final String CODE = "the platform decides where code lies and which version is served";
    private static final String LOGS = "the platform decides where logs go and masks secrets in them";
    private static final String PROCESS = "the platform sets it for every process of Airflow";
    private static final String METRICS = "the platform collects metrics itself";
    private static final String WORKERS = "the platform decides how tasks are run";
    private static final String OTHERS = "it is reserved on other platforms of this contract";

    private static final List<Reserved> TABLE = List.of(
            new Reserved("AIRFLOW__DATABASE__*", DATABASE),
            new Reserved("AIRFLOW__CORE__SQL_ALCHEMY_*", DATABASE),
            new Reserved("AIRFLOW_CONN_AIRFLOW_DB", DATABASE),
            new Reserved("AIRFLOW__API_AUTH__*", ENTRANCE),
            new Reserved("AIRFLOW__CORE__AUTH_MANAGER", ENTRANCE),
            new Reserved("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_*", ENTRANCE),
            new Reserved("AIRFLOW__CORE__EXECUTION_API_SERVER_URL", ENTRANCE),
            new Reserved("AIRFLOW__EXECUTION_API__*", ENTRANCE),
            new Reserved("AIRFLOW__API__BASE_URL", ENTRANCE),
            new Reserved("AIRFLOW__API__HOST", ENTRANCE),
            new Reserved("AIRFLOW__API__PORT", ENTRANCE),
            new Reserved("AIRFLOW__API__WORKERS", ENTRANCE),
            new Reserved("AIRFLOW__API__SECRET_KEY", ENTRANCE),
            new Reserved("AIRFLOW__API__SSL_*", ENTRANCE),
            new Reserved("AIRFLOW__API__EXPOSE_CONFIG", ENTRANCE),
            new Reserved("AIRFLOW__API__ENABLE_SWAGGER_UI", ENTRANCE),
            new Reserved("AIRFLOW__API__INSTANCE_NAME", "it is the name of the Deployment"),
            new Reserved("AIRFLOW__WEBSERVER__BASE_URL", ENTRANCE),
            new Reserved("AIRFLOW__WEBSERVER__SECRET_KEY", ENTRANCE),
            new Reserved("AIRFLOW__WEBSERVER__WEB_SERVER_*", ENTRANCE),
            new Reserved("AIRFLOW__WEBSERVER__UPDATE_FAB_PERMS", ENTRANCE),
            new Reserved("AIRFLOW__WEBSERVER__ENABLE_PROXY_FIX", ENTRANCE),
            new Reserved("AIRFLOW__WEBSERVER__COOKIE_SECURE", ENTRANCE),
            new Reserved("AIRFLOW__WEBSERVER__EXPOSE_CONFIG", ENTRANCE),
            new Reserved("AIRFLOW__WEBSERVER__INSTANCE_NAME", "it is the name of the Deployment"),
            new Reserved("AIRFLOW__WEBSERVER__NAVBAR_COLOR", OTHERS),
            new Reserved("AIRFLOW__CORE__FERNET_KEY", "another key would make every stored connection unreadable"),
            new Reserved("AIRFLOW__CORE__EXECUTOR", WORKERS),
            new Reserved("AIRFLOW__CORE__HOSTNAME_CALLABLE", WORKERS),
            new Reserved("AIRFLOW__CELERY__WORKER_CONCURRENCY", WORKERS),
            new Reserved("AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__SOCKET_TIMEOUT", WORKERS),
            new Reserved("AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__SOCKET_CONNECT_TIMEOUT", WORKERS),
            new Reserved("AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__SOCKET_KEEPALIVE", WORKERS),
            new Reserved("AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__RETRY_ON_TIMEOUT", WORKERS),
            new Reserved("AIRFLOW__KUBERNETES__NAMESPACE", WORKERS),
            new Reserved("AIRFLOW__CORE__DAGS_FOLDER", CODE),
            new Reserved("AIRFLOW__CORE__LOAD_EXAMPLES", CODE),
            new Reserved("AIRFLOW__CORE__PLUGINS_FOLDER", CODE),
            new Reserved("AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_*", CODE),
            new Reserved("AIRFLOW__DAG_PROCESSOR__BUNDLE_REFRESH_CHECK_INTERVAL", CODE),
            new Reserved("AIRFLOW__DAG_PROCESSOR__STALE_BUNDLE_*", CODE),
            new Reserved("AIRFLOW__LOGGING__BASE_LOG_FOLDER", LOGS),
            new Reserved("AIRFLOW__LOGGING__DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY", LOGS),
            new Reserved("AIRFLOW__LOGGING__DAG_PROCESSOR_LOG_TARGET", LOGS),
            new Reserved("AIRFLOW__LOGGING__SECRET_MASK_ADAPTER", LOGS),
            new Reserved("AIRFLOW__LOGGING__REMOTE_LOGGING", LOGS),
            new Reserved("AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER", LOGS),
            new Reserved("AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID", LOGS),
            new Reserved("AIRFLOW__LOGGING__LOGGING_CONFIG_CLASS", LOGS),
            new Reserved("AIRFLOW__LOGGING__ENCRYPT_S3_LOGS", LOGS),
            new Reserved("AIRFLOW_CONN_ASTRO_S3_LOGGING", LOGS),
            new Reserved("AIRFLOW__SCHEDULER__STATSD_ON", METRICS),
            new Reserved("AIRFLOW__SCHEDULER__STATSD_HOST", METRICS),
            new Reserved("AIRFLOW__SCHEDULER__STATSD_PORT", METRICS),
            new Reserved("AIRFLOW__METRICS__STATSD_*", METRICS),
            new Reserved("AIRFLOW__USAGE_DATA_COLLECTION__ENABLED", "nothing is sent anywhere"),
            new Reserved("AIRFLOW_HOME", PROCESS),
            new Reserved("AIRFLOW_CONFIG", PROCESS),
            new Reserved("HEADGATE_*", "they are the platform's own"),
            new Reserved("SPT_NOENV", "the platform knows its processes by it"),
            new Reserved("PYTHONPATH", PROCESS),
            new Reserved("PYTHONHOME", PROCESS),
            new Reserved("PYTHONUNBUFFERED", PROCESS),
            new Reserved("LD_*", PROCESS),
            new Reserved("BASH_*", PROCESS),
            new Reserved("GCONV_PATH", PROCESS),
            new Reserved("GLIBC_TUNABLES", PROCESS),
            new Reserved("LOCPATH", PROCESS),
            new Reserved("NLSPATH", PROCESS),
            new Reserved("LANG", PROCESS),
            new Reserved("PATH", PROCESS),
            new Reserved("HOME", PROCESS),
            new Reserved("USER", PROCESS),
            new Reserved("LOGNAME", PROCESS),
            new Reserved("TZ", "Airflow's times are in UTC"),
            new Reserved("AWS_DEFAULT_REGION", OTHERS),
            new Reserved("AWS_SECRET_ACCESS_KEY", OTHERS),
            new Reserved("INSTANCE_TYPE", OTHERS),
            new Reserved("OPENLINEAGE_URL", OTHERS),
            new Reserved("OPENLINEAGE_API_KEY", OTHERS));

    /// Set by the platform as defaults only (V13): a value that people set wins.
    private static final Set<String> OVERRIDABLE = Set.of(
            "AIRFLOW__CORE__PARALLELISM",
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION",
            "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL",
            "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES",
            "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL",
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT");

    private static final ReservedVariables BUILT_IN = new ReservedVariables(List.of());
    private static final List<String> INDIRECT = List.of("_CMD", "_SECRET");
    private static final String AIRFLOW_OPTION = "AIRFLOW__";

    private final List<Reserved> all;

    private ReservedVariables(List<Reserved> more) {
        List<Reserved> table = new ArrayList<>(TABLE);
        table.addAll(more);
        this.all = List.copyOf(table);
    }

    /// @param pattern a name, or with `*` at its end the beginning of names
    private record Reserved(String pattern, String reason) {
        boolean matches(String name) {
            return pattern.endsWith("*")
                    ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                    : name.equals(pattern);
        }
    }

    /// The table, and what this installation reserves beside it; in that a `*` at the end is allowed, too.
    public static ReservedVariables and(List<String> more) {
        return new ReservedVariables(more.stream()
                .map(pattern -> new Reserved(pattern, "this installation reserves it"))
                .toList());
    }

    /// Whether the platform's value of that name always wins, whatever this installation reserves beside.
    public static boolean isReserved(String name) {
        return BUILT_IN.reason(name).isPresent();
    }

    /// The names that the platform sets and people may set, too; theirs wins.
    public static Set<String> overridable() {
        return OVERRIDABLE;
    }

    /// Why people cannot set it; empty if they can.
    public Optional<String> reason(String name) {
        boolean option = name.regionMatches(true, 0, AIRFLOW_OPTION, 0, AIRFLOW_OPTION.length());
        String read = option ? name.toUpperCase(Locale.ROOT) : name;
        return Stream.concat(
                        Stream.of(read),
                        INDIRECT.stream()
                                .filter(ending -> option && read.endsWith(ending))
                                .map(ending -> read.substring(0, read.length() - ending.length())))
                .flatMap(form -> all.stream().filter(reserved -> reserved.matches(form)))
                .map(Reserved::reason)
                .findFirst();
    }
}
