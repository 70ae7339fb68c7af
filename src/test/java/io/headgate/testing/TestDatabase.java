package io.headgate.testing;

import io.headgate.host.RunAs;
import io.headgate.storage.Database;
import io.headgate.storage.DatabaseAddress;
import io.headgate.storage.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/// A migrated database of its own on a real PostgreSQL, one server for all tests of a JVM.
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Database database;

    private TestDatabase(Database database) {
        this.database = database;
    }

    public static TestDatabase create() {
        String name = "test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        DatabaseAddress server = TestServer.POSTGRES.address("postgres");
        try (Connection connection = DriverManager.getConnection(
                        server.jdbcUrl(), server.user(), server.password().reveal());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestDatabase(Database.open(server.inDatabase(name)));
    }

    public Database database() {
        return database;
    }

    /// The server's own files, for tests that look for what must not be in them.
    public static Path serverFolder() {
        return TestServer.FOLDER;
    }

    @Override
    public void close() {
        database.close();
    }

    /// The cache that tests share with each other, so that PostgreSQL and Airflow are unpacked once.
    public static Path cache() {
        String named = System.getenv().getOrDefault("HEADGATE_CACHE", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        return RunAs.weAreRoot()
                ? Path.of("/var/cache/headgate")
                : Path.of(System.getProperty("user.home"), ".cache", "headgate");
    }

    private static final class TestServer {
        static final Path FOLDER = temporaryFolder();
        static final EmbeddedPostgres POSTGRES = started();

        private static Path temporaryFolder() {
            try {
                Path folder = Files.createTempDirectory("headgate-test-postgres-");
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static EmbeddedPostgres started() {
            try {
                RunAs user = RunAs.weAreRoot() ? new RunAs.UserId(60_999) : new RunAs.Ourselves();
                EmbeddedPostgres postgres = EmbeddedPostgres.start(FOLDER.resolve("pg"), cache(), user, "headgate");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    postgres.close();
                    try {
                        io.headgate.host.FileTree.delete(FOLDER);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
                return postgres;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
