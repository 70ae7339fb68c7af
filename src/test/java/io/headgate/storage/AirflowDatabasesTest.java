package io.headgate.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.SecretText;
import io.headgate.testing.ServerFiles;
import io.headgate.testing.TestAirflow;
import io.headgate.testing.TestDatabase;
import io.headgate.testing.TestingClock;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whoever has the password of one Deployment's database gets into that one and into no other.
final class AirflowDatabasesTest {
    private static final DeploymentId ID = TestAirflow.id(4001);
    private static final DeploymentId OTHER = TestAirflow.id(4002);
    private static final SecretText PASSWORD = new SecretText("a-password-to-look-for-7Qx");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static TestDatabase database;
    private static AirflowDatabases databases;

    @BeforeAll
    static void twoDeployments() {
        database = TestDatabase.create();
        databases = new AirflowDatabases(database.database(), new TestingClock(NOW));
        databases.provide(ID, PASSWORD);
        databases.provide(OTHER, new SecretText("another"));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void theRoleOwnsItsDatabase() throws SQLException {
        try (Connection connection = connect(databases.address(ID, PASSWORD))) {
            assertThat(connection.createStatement().execute("CREATE TABLE ours (x int)"))
                    .isFalse();
            connection.createStatement().execute("DROP TABLE ours");
        }
    }

    @Test
    void theRoleGetsIntoNoOtherDatabase() throws SQLException {
        DatabaseAddress own = databases.address(ID, PASSWORD);
        List<String> others = List.of(
                databases.address(OTHER, PASSWORD).database(),
                database.database().address().database(),
                "postgres",
                "template1");
        try (Connection control = connect(own)) {
            assertThat(control.isValid(1)).isTrue();
        }
        for (String other : others) {
            assertThatThrownBy(() -> connect(own.inDatabase(other)).close())
                    .as(other)
                    .hasMessageContaining("permission denied for database");
        }
    }

    @Test
    void anotherPasswordIsRefused() {
        assertThatThrownBy(() ->
                        connect(databases.address(ID, new SecretText("wrong"))).close())
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void doingItAgainChangesNothingAndANewPasswordCounts() throws SQLException {
        DeploymentId id = TestAirflow.id(4003);
        databases.provide(id, new SecretText("old"));
        try (Connection connection = connect(databases.address(id, new SecretText("old")))) {
            connection.createStatement().execute("CREATE TABLE kept (x int)");
        }

        databases.provide(id, new SecretText("new"));

        try (Connection connection = connect(databases.address(id, new SecretText("new")))) {
            assertThat(connection.createStatement().execute("SELECT * FROM kept"))
                    .isTrue();
        }
    }

    @Test
    void aDatabaseThatAKillLeftClosedIsOpenedAgain() throws SQLException {
        DeploymentId id = TestAirflow.id(4004);
        databases.provide(id, PASSWORD);
        administrate("ALTER DATABASE dep_" + id + " ALLOW_CONNECTIONS false");
        assertThatThrownBy(() -> connect(databases.address(id, PASSWORD)).close())
                .hasMessageContaining("not currently accepting connections");

        databases.provide(id, PASSWORD);

        connect(databases.address(id, PASSWORD)).close();
    }

    @Test
    void theTrashShutsOutWhoIsInsideAndKeepsTheContent() throws SQLException {
        DeploymentId id = TestAirflow.id(4005);
        databases.provide(id, PASSWORD);
        try (Connection inside = connect(databases.address(id, PASSWORD))) {
            databases.moveToTrash(id);

            assertThat(inside.isValid(1)).isFalse();
        }
        assertThatThrownBy(() -> connect(databases.address(id, PASSWORD)).close())
                .hasMessageContaining("not permitted to log in");
        assertThat(names()).contains("trash_" + id + "_" + NOW.getEpochSecond()).doesNotContain("dep_" + id);
        databases.moveToTrash(id);
    }

    @Test
    void noFileOfTheServerHoldsThePassword() throws SQLException, IOException {
        administrate("COMMENT ON DATABASE dep_" + ID + " IS 'a-comment-to-look-for-9Zk'");
        administrate("CHECKPOINT");

        assertThat(ServerFiles.holding("a-comment-to-look-for-9Zk"))
                .as("control: the search finds")
                .isNotEmpty();
        assertThat(ServerFiles.holding(PASSWORD.reveal())).isEmpty();
    }

    private static List<String> names() {
        return database.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT datname FROM pg_database")
                        .mapTo(String.class)
                        .list());
    }

    private static void administrate(String sql) {
        database.database().jdbi().useHandle(handle -> handle.execute(sql));
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(
                address.jdbcUrl(), address.user(), address.password().reveal());
    }
}
