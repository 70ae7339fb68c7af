package io.headgate.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.FileTree;
import io.headgate.host.ProcessIdentity;
import io.headgate.host.RunAs;
import io.headgate.host.Signal;
import io.headgate.host.Wait;
import io.headgate.kernel.SecretText;
import io.headgate.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EmbeddedPostgresTest {
    private static final RunAs USER = RunAs.weAreRoot() ? new RunAs.UserId(60_999) : new RunAs.Ourselves();

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("headgate-postgres-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @AfterEach
    void removeFolder() throws IOException {
        FileTree.delete(folder);
    }

    @Test
    void whatWasCommittedIsThereAfterACleanStopAndAfterAKill() throws Exception {
        EmbeddedPostgres first = start();
        execute(first, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)");
        first.close();
        assertThat(postmaster()).isEmpty();

        EmbeddedPostgres second = start();
        execute(second, "INSERT INTO kept VALUES (2)");
        ProcessIdentity killed = postmaster().orElseThrow();
        Signal.KILL.sendToGroup(killed.session());
        assertThat(Wait.until(Duration.ofSeconds(10), () -> !killed.alive())).isTrue();

        try (EmbeddedPostgres third = start()) {
            assertThat(count(third)).isEqualTo(2);
        }
    }

    @Test
    void aServerThatAnEarlierRunLeftIsAdoptedAndNotDoubled() throws Exception {
        EmbeddedPostgres left = start();
        ProcessIdentity before = postmaster().orElseThrow();
        int port = left.address("headgate").port();
        try (EmbeddedPostgres adopted = start()) {
            assertThat(postmaster()).contains(before);
            assertThat(adopted.address("headgate").port()).isEqualTo(port);
            execute(adopted, "SELECT 1");
        }
        assertThat(before.alive()).isFalse();
    }

    @Test
    void onlyTheRightPasswordGetsIn() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            DatabaseAddress right = postgres.address("headgate");
            execute(postgres, "SELECT 1");
            assertThatThrownBy(() -> DriverManager.getConnection(right.jdbcUrl(), right.user(), "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(right.toString()).doesNotContain(right.password().reveal());
        }
    }

    @Test
    void checksumsAndFsyncAreOnAndItListensOnLoopbackOnly() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            assertThat(show(postgres, "data_checksums")).isEqualTo("on");
            assertThat(show(postgres, "fsync")).isEqualTo("on");
            assertThat(show(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(show(postgres, "unix_socket_directories")).isEmpty();
            assertThat(show(postgres, "server_version")).startsWith(PostgresPrograms.MAJOR_VERSION + ".");
        }
    }

    @Test
    void itRunsUnderAUserOfItsOwnWhenWeAreRoot() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            assertThat(show(postgres, "fsync")).isEqualTo("on");
            int uid = postmaster().orElseThrow().uid().orElseThrow();
            int ours = ProcessIdentity.of(ProcessHandle.current().pid())
                    .orElseThrow()
                    .uid()
                    .orElseThrow();
            assertThat(uid).isEqualTo(RunAs.weAreRoot() ? 60_999 : ours);
        }
    }

    @Test
    void aClusterOfAnotherMajorVersionIsRefusedWithWhatToDo() throws Exception {
        start().close();
        Files.writeString(folder.resolve("pg/cluster/PG_VERSION"), "14\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("PostgreSQL 14")
                .hasMessageContaining("restore it into an empty data folder");
    }

    @Test
    void aFirstStartThatWasKilledBeginsAgain() throws Exception {
        Files.createDirectories(folder.resolve("pg/cluster.new/base"));
        Files.writeString(folder.resolve("pg/cluster.new/PG_VERSION"), "18\n");
        try (EmbeddedPostgres postgres = start()) {
            execute(postgres, "SELECT 1");
        }
    }

    private EmbeddedPostgres start() throws InterruptedException {
        return EmbeddedPostgres.start(folder.resolve("pg"), TestDatabase.cache(), USER, "headgate");
    }

    private Optional<ProcessIdentity> postmaster() throws IOException {
        Path pidFile = folder.resolve("pg/cluster/postmaster.pid");
        return Files.exists(pidFile)
                ? ProcessIdentity.of(Long.parseLong(Files.readAllLines(pidFile).getFirst()))
                : Optional.empty();
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = connect(postgres);
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static String show(EmbeddedPostgres postgres, String setting) throws SQLException {
        try (Connection connection = connect(postgres);
                var rows = connection.createStatement().executeQuery("SHOW " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        DatabaseAddress address = postgres.address("headgate");
        SecretText password = address.password();
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), password.reveal());
    }
}
