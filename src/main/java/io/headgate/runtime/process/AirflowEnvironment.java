package io.headgate.runtime.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.headgate.deployment.AirflowTokenSigning;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.variable.EnvironmentVariable;
import io.headgate.storage.DatabaseAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The exact environment that every process of a Deployment runs with, built from nothing: none of ours passes.
///
/// Three layers, the later wins (V11, V12): what we would choose, what people set, what Headgate stands on.
///
/// @param ourPackage the folder that holds our Python package
/// @param apiPort the loopback port of the api-server
record AirflowEnvironment(
        DesiredAirflow desired,
        AirflowInstallation installation,
        Path ourPackage,
        DeploymentFolder folder,
        DatabaseAddress database,
        int apiPort,
        Marker marker) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param component what the process is, for its marker
    Map<String, String> variables(String component) {
        Map<String, String> all = new TreeMap<>();
        section(all, "CORE", coreChoices());
        section(all, "DAG_PROCESSOR", dagProcessorChoices());
        section(all, "SCHEDULER", schedulerChoices());
        Map<String, String> ours = platform(component);
        PeoplesVariables people = new PeoplesVariables(desired.variables(), ours.keySet());
        all.putAll(people.values());
        all.putAll(ours);
        if (!people.secretNames().isEmpty()) {
            all.put(PeoplesVariables.SECRET_NAMES, people.secretNames());
        }
        return all;
    }

    /// Only what can change whether Airflow starts: a variable that people's tasks read is none of it.
    Map<String, String> configuration() {
        Map<String, String> all = variables("preflight");
        desired.variables().stream()
                .map(EnvironmentVariable::key)
                .filter(key -> key.startsWith("AIRFLOW_VAR_")
                        || key.startsWith("AIRFLOW_CONN_")
                        || !(key.startsWith("AIRFLOW") || key.startsWith("PYTHON")))
                .forEach(all::remove);
        all.remove(PeoplesVariables.SECRET_NAMES);
        return all;
    }

    /// The same for an api-server that listens elsewhere.
    AirflowEnvironment atPort(int port) {
        return new AirflowEnvironment(desired, installation, ourPackage, folder, database, port, marker);
    }

    private Map<String, String> platform(String component) {
        Map<String, String> all = new TreeMap<>(marker.variables(component));
        all.put("PATH", installation.venv().resolve("bin") + ":/usr/bin:/bin");
        all.put("LANG", "C.UTF-8");
        all.put("TZ", "UTC");
        // Airflow refuses to run for a user id without a name, unless it finds one here
        all.put("USER", "airflow");
        all.put("LOGNAME", "airflow");
        all.put("HOME", folder.home().toString());
        all.put("PYTHONPATH", ourPackage.toString());
        all.put("PYTHONUNBUFFERED", "1");
        all.put("AIRFLOW_HOME", folder.home().toString());
        section(all, "DATABASE", databaseOptions());
        section(all, "CORE", coreOptions());
        section(all, "API", apiOptions());
        section(all, "API_AUTH", apiAuthOptions());
        section(all, "DAG_PROCESSOR", dagProcessorOptions());
        section(all, "LOGGING", loggingOptions());
        section(all, "USAGE_DATA_COLLECTION", Map.of("ENABLED", "False"));
        return all;
    }

    Launch launch(Component component) {
        List<String> command = new ArrayList<>(List.of(installation.python().toString(), "-m", "airflow"));
        command.addAll(component.arguments());
        return new Launch(command, variables(component.label()), apiPort);
    }

    private Map<String, String> databaseOptions() {
        String connection = "postgresql+psycopg2://%s:%s@%s:%d/%s"
                .formatted(
                        database.user(),
                        URLEncoder.encode(database.password().reveal(), StandardCharsets.UTF_8),
                        database.host(),
                        database.port(),
                        database.database());
        return Map.of(
                "SQL_ALCHEMY_CONN", connection,
                "LOAD_DEFAULT_CONNECTIONS", "False",
                "SQL_ALCHEMY_POOL_SIZE", "2",
                "SQL_ALCHEMY_MAX_OVERFLOW", "5");
    }

    private Map<String, String> coreOptions() {
        return Map.of(
                "EXECUTOR",
                "headgate_airflow.executor.DrainingLocalExecutor",
                "LOAD_EXAMPLES",
                "False",
                "DAGS_FOLDER",
                folder.noDags().toString(),
                "FERNET_KEY",
                desired.secrets().fernetKey().reveal(),
                "EXECUTION_API_SERVER_URL",
                "http://127.0.0.1:" + apiPort + "/" + desired.namespace() + "/execution/",
                "AUTH_MANAGER",
                "headgate_airflow.auth_manager.HeadgateAuthManager");
    }

    private Map<String, String> apiOptions() {
        return Map.of(
                "BASE_URL",
                desired.baseUrl().toString(),
                "HOST",
                "127.0.0.1",
                "PORT",
                Integer.toString(apiPort),
                "WORKERS",
                "1",
                "SECRET_KEY",
                desired.secrets().apiSecretKey().reveal(),
                "EXPOSE_CONFIG",
                "non-sensitive-only",
                "INSTANCE_NAME",
                desired.name(),
                "ENABLE_SWAGGER_UI",
                "False");
    }

    private Map<String, String> apiAuthOptions() {
        AirflowTokenSigning signing = desired.signing();
        return Map.of(
                "JWT_SECRET", signing.secret().reveal(),
                "JWT_ALGORITHM", "HS512",
                "JWT_AUDIENCE", signing.audience(),
                "JWT_ISSUER", signing.issuer());
    }

    private Map<String, String> dagProcessorOptions() {
        ArrayNode bundles = JSON.createArrayNode();
        bundles.addObject()
                .put("name", "dags")
                .put("classpath", "headgate_airflow.bundle.VersionedDirBundle")
                .putObject("kwargs")
                .put("root", folder.code().toString())
                .put("refresh_interval", 1);
        return Map.of(
                "DAG_BUNDLE_CONFIG_LIST",
                bundles.toString(),
                "DAG_BUNDLE_STORAGE_PATH",
                folder.bundles().toString(),
                "BUNDLE_REFRESH_CHECK_INTERVAL",
                "1",
                "STALE_BUNDLE_CLEANUP_INTERVAL",
                "0");
    }

    private Map<String, String> coreChoices() {
        return Map.of(
                // so many workers are forked at once, each about 30 MB
                "PARALLELISM", "4", "DAGS_ARE_PAUSED_AT_CREATION", desired.dagsPausedAtCreation() ? "True" : "False");
    }

    private static Map<String, String> dagProcessorChoices() {
        // a deploy makes files look newer, so that the interval need not be short to be fast
        return Map.of("MIN_FILE_PROCESS_INTERVAL", "60", "PARSING_PROCESSES", "1");
    }

    /// Without these two, a task whose scheduler was killed is taken up again only after five minutes.
    private static Map<String, String> schedulerChoices() {
        return Map.of("ORPHANED_TASKS_CHECK_INTERVAL", "20", "TASK_INSTANCE_HEARTBEAT_TIMEOUT", "60");
    }

    private Map<String, String> loggingOptions() {
        return Map.of(
                "BASE_LOG_FOLDER", folder.airflowLogs().toString(),
                // the default is below AIRFLOW_HOME, not below the folder above
                "DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY",
                        folder.airflowLogs().resolve("dag_processor").toString(),
                // also masks what tasks print, which Airflow copies unmasked to the output of its components
                "SECRET_MASK_ADAPTER", "headgate_airflow.masking.lines_of");
    }

    private static void section(Map<String, String> all, String section, Map<String, String> options) {
        options.forEach((name, value) -> all.put("AIRFLOW__" + section + "__" + name, value));
    }

    /// It would print every secret of the Deployment.
    @Override
    public String toString() {
        return "AirflowEnvironment[" + desired.id() + "]";
    }
}
