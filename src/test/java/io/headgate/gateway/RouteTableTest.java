package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.DeploymentPermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final RouteTable TABLE =
            Optional.ofNullable(RouteTable.byAirflowVersion().get("3.3.2")).orElseThrow();

    @Test
    void aLiteralBeatsAParameterAndAParameterATail() {
        assertThat(template("GET", "/api/v2/assets/events")).isEqualTo("/api/v2/assets/events");
        assertThat(template("GET", "/api/v2/assets/7")).isEqualTo("/api/v2/assets/{asset_id}");
        assertThat(template("GET", "/api/v2/variables/a/b/c")).isEqualTo("/api/v2/variables/{variable_key:path}");
        // A literal that leads nowhere is given up for the parameter.
        assertThat(template("GET", "/api/v2/connections/test")).isEqualTo("/api/v2/connections/{connection_id}");
    }

    @Test
    void aPathThatExistsForOtherMethodsNamesThem() {
        assertThat(match("HEAD", "/api/v2/dags")).isEqualTo(wrong("GET", "PATCH"));
        assertThat(match("OPTIONS", "/api/v2/pools")).isEqualTo(wrong("GET", "PATCH", "POST"));
        assertThat(match("POST", "/static/app.js")).isEqualTo(wrong("GET", "HEAD"));
        assertThat(match("DELETE", "/api/v2/nothing")).isEqualTo(new RouteMatch.NoRoute());
    }

    @Test
    void whatIsClosedIsClosedForEveryMethodAndBelow() {
        for (String path : List.of("/auth", "/auth/token", "/execution/task-instances/1", "/docs/x", "/redoc")) {
            assertThat(requirement("POST", path)).isEqualTo(new Requirement.Never());
            assertThat(requirement("GET", path)).isEqualTo(new Requirement.Never());
        }
        assertThat(requirement("PUT", "/ui/auth/token")).isEqualTo(new Requirement.Never());
        assertThat(requirement("GET", "/ui/auth/me")).isInstanceOf(Requirement.AllOf.class);
        assertThat(match("GET", "/executions")).isEqualTo(new RouteMatch.NoRoute());
    }

    @Test
    void theSinglePageIsForBrowsersAndOutsideTheOtherParts() {
        assertThat(pageFor("GET", "/")).isEqualTo("/{rest_of_path:path}");
        assertThat(pageFor("GET", "/dags/x/runs")).isEqualTo("/{rest_of_path:path}");
        assertThat(match("GET", "/dags/x/runs")).isEqualTo(new RouteMatch.NoRoute());
        for (String path : List.of("/ui/nothing", "/api/v2/nothing", "/openapi.json/x")) {
            assertThat(TABLE.match("GET", target(path), true)).isEqualTo(new RouteMatch.NoRoute());
        }
        assertThat(TABLE.match("POST", target("/dags/x"), true)).isEqualTo(wrong("GET"));
    }

    @Test
    void anEscapedSlashIsDataInATailAndAnAttackElsewhere() {
        assertThat(template("GET", "/api/v2/variables/a%2Fb")).isEqualTo("/api/v2/variables/{variable_key:path}");
        assertThat(match("PATCH", "/api/v2/dags/x%2FdagRuns%2Fr1")).isEqualTo(new RouteMatch.Ambiguous());
        assertThat(match("GET", "/api%2Fv2/variables/a")).isEqualTo(new RouteMatch.Ambiguous());
        // Airflow would route by what these decode to.
        assertThat(TABLE.match("GET", target("/execution%2Fx"), true))
                .isEqualTo(TABLE.match("GET", target("/execution/x"), true));
        assertThat(TABLE.match("GET", target("/pages%2Fx"), true)).isEqualTo(new RouteMatch.Ambiguous());
        // A double escape stays one segment there and here.
        assertThat(template("GET", "/api/v2/dags/x%252FdagRuns")).isEqualTo("/api/v2/dags/{dag_id}");
    }

    @Test
    void bulkRowsSayWhatEachActionNeeds() {
        assertThat(requirement("PATCH", "/api/v2/pools"))
                .isEqualTo(bulk(
                        Set.of(),
                        Optional.of(DeploymentPermission.AIRFLOW_POOL_UPDATE),
                        DeploymentPermission.AIRFLOW_POOL_CREATE,
                        DeploymentPermission.AIRFLOW_POOL_UPDATE,
                        DeploymentPermission.AIRFLOW_POOL_DELETE));
        assertThat(requirement("PATCH", "/api/v2/dags/~/dagRuns/~/taskInstances"))
                .isEqualTo(new Requirement.Bulk(new BulkRule(
                        Set.of(DeploymentPermission.AIRFLOW_TASK_INSTANCE_UPDATE),
                        java.util.Map.of(
                                "update",
                                DeploymentPermission.AIRFLOW_TASK_INSTANCE_UPDATE,
                                "delete",
                                DeploymentPermission.AIRFLOW_TASK_INSTANCE_DELETE),
                        Optional.empty())));
    }

    @Test
    void streamsAreKnown() {
        assertThat(pace("/api/v2/dags/d/dagRuns/r/taskInstances/t/logs/1")).isEqualTo(Route.Pace.STREAM);
        assertThat(pace("/api/v2/dags/d/dagRuns/r/wait")).isEqualTo(Route.Pace.STREAM);
        assertThat(pace("/ui/grid/ti_summaries/d")).isEqualTo(Route.Pace.STREAM);
        assertThat(pace("/api/v2/dags")).isEqualTo(Route.Pace.ORDINARY);
    }

    private static Requirement bulk(
            Set<DeploymentPermission> always,
            Optional<DeploymentPermission> overwriting,
            DeploymentPermission create,
            DeploymentPermission update,
            DeploymentPermission delete) {
        return new Requirement.Bulk(new BulkRule(
                always, java.util.Map.of("create", create, "update", update, "delete", delete), overwriting));
    }

    private static RouteMatch wrong(String... methods) {
        return new RouteMatch.WrongMethod(new java.util.TreeSet<>(List.of(methods)));
    }

    private static RouteMatch match(String method, String path) {
        return TABLE.match(method, target(path), false);
    }

    private static String template(String method, String path) {
        return found(match(method, path)).template();
    }

    private static String pageFor(String method, String path) {
        return found(TABLE.match(method, target(path), true)).template();
    }

    private static Requirement requirement(String method, String path) {
        return found(match(method, path)).requirement();
    }

    private static Route.Pace pace(String path) {
        return found(match("GET", path)).pace();
    }

    private static Route found(RouteMatch match) {
        assertThat(match).isInstanceOf(RouteMatch.Found.class);
        return ((RouteMatch.Found) match).route();
    }

    private static RequestTarget target(String path) {
        RequestTarget.Reading reading = RequestTarget.read("/quick" + path, "localhost");
        assertThat(reading).isInstanceOf(RequestTarget.Understood.class);
        return ((RequestTarget.Understood) reading).target();
    }
}
