package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.deployment.AirflowSecrets;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.variable.EnvironmentVariable;
import io.headgate.deployment.variable.ReservedVariables;
import io.headgate.kernel.SecretText;
import io.headgate.storage.DatabaseAddress;
import io.headgate.testing.TestAirflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The whole environment of Airflow's processes, word for word: it is their configuration and their walls.
final class AirflowEnvironmentTest {
    private static final String EXPECTED = """
            AIRFLOW_HOME=/data/deployments/cdeployment00000000000001/home
            AIRFLOW__API_AUTH__JWT_ALGORITHM=HS512
            AIRFLOW__API_AUTH__JWT_AUDIENCE=dep-cdeployment00000000000001
            AIRFLOW__API_AUTH__JWT_ISSUER=http://localhost:8888/deployments/cdeployment00000000000001
            AIRFLOW__API_AUTH__JWT_SECRET=the-jwt-secret
            AIRFLOW__API__BASE_URL=http://test-airflow-0001.localhost:8889/test-airflow-0001
            AIRFLOW__API__ENABLE_SWAGGER_UI=False
            AIRFLOW__API__EXPOSE_CONFIG=non-sensitive-only
            AIRFLOW__API__HOST=127.0.0.1
            AIRFLOW__API__INSTANCE_NAME=test 1
            AIRFLOW__API__PORT=20001
            AIRFLOW__API__SECRET_KEY=the-api-secret
            AIRFLOW__API__WORKERS=1
            AIRFLOW__CORE__AUTH_MANAGER=headgate_airflow.auth_manager.HeadgateAuthManager
            AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION=False
            AIRFLOW__CORE__DAGS_FOLDER=/data/deployments/cdeployment00000000000001/nodags
            AIRFLOW__CORE__EXECUTION_API_SERVER_URL=http://127.0.0.1:20001/test-airflow-0001/execution/
            AIRFLOW__CORE__EXECUTOR=headgate_airflow.executor.DrainingLocalExecutor
            AIRFLOW__CORE__FERNET_KEY=the-fernet-key
            AIRFLOW__CORE__LOAD_EXAMPLES=False
            AIRFLOW__CORE__PARALLELISM=4
            AIRFLOW__DAG_PROCESSOR__BUNDLE_REFRESH_CHECK_INTERVAL=1
            AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST=[{"name":"dags","classpath":"headgate_airflow.bundle.VersionedDirBundle","kwargs":{"root":"/data/deployments/cdeployment00000000000001/code","refresh_interval":1}}]
            AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH=/data/deployments/cdeployment00000000000001/bundles
            AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL=60
            AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES=1
            AIRFLOW__DAG_PROCESSOR__STALE_BUNDLE_CLEANUP_INTERVAL=0
            AIRFLOW__DATABASE__LOAD_DEFAULT_CONNECTIONS=False
            AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=postgresql+psycopg2://dep_x:p%2Fw%40@127.0.0.1:5432/dep_x
            AIRFLOW__DATABASE__SQL_ALCHEMY_MAX_OVERFLOW=5
            AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE=2
            AIRFLOW__LOGGING__BASE_LOG_FOLDER=/data/deployments/cdeployment00000000000001/logs/airflow
            AIRFLOW__LOGGING__DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY=/data/deployments/cdeployment00000000000001/logs/airflow/dag_processor
            AIRFLOW__LOGGING__SECRET_MASK_ADAPTER=headgate_airflow.masking.lines_of
            AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL=20
            AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT=60
            AIRFLOW__USAGE_DATA_COLLECTION__ENABLED=False
            HEADGATE_COMPONENT=scheduler
            HEADGATE_DEPLOYMENT=cdeployment00000000000001
            HEADGATE_INSTANCE=an-instance
            HOME=/data/deployments/cdeployment00000000000001/home
            LANG=C.UTF-8
            LOGNAME=airflow
            PATH=/cache/venv/bin:/usr/bin:/bin
            PYTHONPATH=/cache/package
            PYTHONUNBUFFERED=1
            SPT_NOENV=1
            TZ=UTC
            USER=airflow
            """;

    private static final Set<String> REPLACEABLE = Set.of(
            "AIRFLOW__CORE__PARALLELISM",
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION",
            "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL",
            "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES",
            "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL",
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT");

    private final AirflowSecrets secrets = new AirflowSecrets(
            new SecretText("the-fernet-key"),
            new SecretText("the-api-secret"),
            new SecretText("the-jwt-secret"),
            new SecretText("unused here"));
    private final AirflowEnvironment environment = environment(TestAirflow.desired(1, secrets), 20_001);

    @Test
    void itIsExactlyThis() {
        String found = environment.variables("scheduler").entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());

        assertThat(found).isEqualTo(EXPECTED);
    }

    @Test
    void theHashOfALaunchChangesWithItsConfigurationAndOnlyThen() {
        String hash = environment.launch(Component.SCHEDULER).configHash();

        assertThat(environment(TestAirflow.desired(1, secrets), 20_001)
                        .launch(Component.SCHEDULER)
                        .configHash())
                .isEqualTo(hash);
        assertThat(environment(TestAirflow.desired(1, secrets), 20_002)
                        .launch(Component.SCHEDULER)
                        .configHash())
                .isNotEqualTo(hash);
        assertThat(environment.launch(Component.TRIGGERER).configHash()).isNotEqualTo(hash);
    }

    /// V12, V13: whatever the platform sets is either its alone, or stands in the list of what people may set.
    @Test
    void everyNameIsReservedOrExplicitlyNot() {
        Map<String, String> all = environment.variables("scheduler");

        assertThat(all.keySet())
                .filteredOn(name -> !ReservedVariables.isReserved(name))
                .isSubsetOf(ReservedVariables.overridable());
        assertThat(all.keySet()).containsAll(ReservedVariables.overridable());
        assertThat(ReservedVariables.isReserved("MY_OWN")).as("control").isFalse();
    }

    @Test
    void peopleSetVariablesAndReplaceWhatWeWouldChoose() {
        Map<String, String> all = with(
                        TestAirflow.variable("GREETING", "hello = world", false),
                        TestAirflow.variable("AIRFLOW_VAR_DOOR", "open-sesame", true),
                        TestAirflow.variable("API_KEY", "k", true),
                        TestAirflow.variable("AIRFLOW__CORE__PARALLELISM", "8", false))
                .variables("scheduler");

        assertThat(all)
                .containsEntry("GREETING", "hello = world")
                .containsEntry("AIRFLOW_VAR_DOOR", "open-sesame")
                .containsEntry("AIRFLOW__CORE__PARALLELISM", "8")
                .containsEntry("HEADGATE_SECRET_ENV", "AIRFLOW_VAR_DOOR,API_KEY");
    }

    @Test
    void whatHeadgateStandsOnCannotBeReplacedEvenIfItWasSaved() {
        Map<String, String> before = environment.variables("scheduler");
        List<EnvironmentVariable> hostile = new ArrayList<>();
        before.keySet().stream()
                .filter(name -> !REPLACEABLE.contains(name))
                .forEach(name -> hostile.add(TestAirflow.variable(name, "hostile", true)));
        for (String name : List.of(
                "LD_PRELOAD",
                "LD_LIBRARY_PATH",
                "PYTHONHOME",
                "HEADGATE_SECRET_ENV",
                "HEADGATE_ANYTHING",
                "AIRFLOW__CORE__FERNET_KEY_CMD",
                "AIRFLOW__API_AUTH__JWT_SECRET_SECRET")) {
            hostile.add(TestAirflow.variable(name, "hostile", true));
        }
        assertThat(hostile)
                .as("control")
                .hasSizeGreaterThan(40)
                .anyMatch(v -> v.key().equals("SPT_NOENV"));

        assertThat(with(hostile.toArray(EnvironmentVariable[]::new)).variables("scheduler"))
                .isEqualTo(before);
        assertThat(with(TestAirflow.variable("HARMLESS", "hostile", true)).variables("scheduler"))
                .as("control: another name arrives")
                .containsEntry("HARMLESS", "hostile");
    }

    @Test
    void aChangedVariableIsAnotherConfiguration() {
        String hash = with(TestAirflow.variable("A", "1", false))
                .launch(Component.SCHEDULER)
                .configHash();

        assertThat(with(TestAirflow.variable("A", "1", false))
                        .launch(Component.SCHEDULER)
                        .configHash())
                .isEqualTo(hash);
        assertThat(with(TestAirflow.variable("A", "2", false))
                        .launch(Component.SCHEDULER)
                        .configHash())
                .isNotEqualTo(hash);
    }

    @Test
    void whatOnlyTasksReadNeedNotBeCheckedBeforeAStart() {
        Map<String, String> plain = environment.configuration();

        assertThat(with(TestAirflow.variable("GREETING", "hello", true)).configuration())
                .isEqualTo(plain);
        assertThat(with(TestAirflow.variable("AIRFLOW__LOGGING__LOGGING_LEVEL", "DEBUG", false))
                        .configuration())
                .as("control")
                .isNotEqualTo(plain);
    }

    @Test
    void aValueThatNoProcessCanHoldIsNamedAndNotShown() {
        assertThatThrownBy(() ->
                        with(TestAirflow.variable("A", "secret\0value", true)).variables("scheduler"))
                .isInstanceOf(RuntimeTrouble.class)
                .hasMessageContaining("'A'")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void nothingPrintsTheSecrets() {
        String printed = environment + " " + environment.launch(Component.SCHEDULER) + " " + secrets;

        assertThat(environment.variables("scheduler").toString()).as("control").contains("the-jwt-secret");
        assertThat(printed).doesNotContain("the-jwt-secret", "the-api-secret", "the-fernet-key", "p/w@");
    }

    private AirflowEnvironment with(EnvironmentVariable... variables) {
        return environment(
                TestAirflow.changed(TestAirflow.desired(1, secrets), Optional.empty(), List.of(variables)), 20_001);
    }

    private static AirflowEnvironment environment(DesiredAirflow desired, int port) {
        return new AirflowEnvironment(
                desired,
                new AirflowInstallation(Path.of("/cache/venv"), "3.3.2-x-py3.11"),
                Path.of("/cache/package"),
                new DeploymentFolder(Path.of("/data/deployments/" + desired.id())),
                new DatabaseAddress("127.0.0.1", 5432, "dep_x", "dep_x", new SecretText("p/w@")),
                port,
                new Marker(new Instance("an-instance"), desired.id()));
    }
}
