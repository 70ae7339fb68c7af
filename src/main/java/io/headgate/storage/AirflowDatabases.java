package io.headgate.storage;

import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.SecretText;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;

/// The database and the role that each Deployment's Airflow has, in the same PostgreSQL as the control plane's.
///
/// Every step looks at what is there first, so that being killed between two of them does no harm. No role can connect
/// to any database but its own: PostgreSQL lets everybody into every database until told otherwise.
public final class AirflowDatabases {
    /// One of us at a time: two that change the rights of one database collide inside PostgreSQL.
    private static final long LOCK = 0x68656164_67617465L;

    private final Database database;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public AirflowDatabases(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// How a Deployment's Airflow reaches its database; asks nobody.
    public DatabaseAddress address(DeploymentId id, SecretText password) {
        DatabaseAddress ours = database.address();
        return new DatabaseAddress(ours.host(), ours.port(), name(id), name(id), password);
    }

    /// Makes role and database, or what is missing of them, and sets the password.
    public void provide(DeploymentId id, SecretText password) {
        String name = name(id);
        locked(connection -> {
            closeOurDatabasesToStrangers(connection);
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", name)) {
                execute(connection, "CREATE ROLE " + name + " NOLOGIN");
            }
            // sent as a verifier: the password itself is in no statement that a server log could hold
            execute(connection, "ALTER ROLE " + name + " LOGIN PASSWORD '" + ScramVerifier.of(password, random) + "'");
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper")) {
                // without being a member, one may not give a database to a role
                execute(connection, "GRANT " + name + " TO CURRENT_USER");
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                // closed until strangers are shut out: who is in stays in
                execute(
                        connection,
                        "CREATE DATABASE " + name + " OWNER " + name
                                + " TEMPLATE template0 ENCODING 'UTF8' ALLOW_CONNECTIONS false");
            }
            execute(connection, "REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
            execute(connection, "ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
        });
    }

    /// Shuts everybody out of the database and renames it; its content stays until the trash is emptied.
    public void moveToTrash(DeploymentId id) {
        String name = name(id);
        locked(connection -> {
            if (exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", name)) {
                execute(connection, "ALTER ROLE " + name + " NOLOGIN");
            }
            if (exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                execute(connection, "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
                exists(
                        connection,
                        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = ?",
                        name);
                execute(
                        connection,
                        "ALTER DATABASE " + name + " RENAME TO trash_" + id + "_"
                                + clock.instant().getEpochSecond());
            }
        });
    }

    /// An id is made of small letters and digits only, so it needs no quoting.
    private static String name(DeploymentId id) {
        return "dep_" + id;
    }

    private static void closeOurDatabasesToStrangers(Connection connection) throws SQLException {
        String open = """
                SELECT datname FROM pg_database
                WHERE datname IN (current_database(), 'postgres', 'template1')
                  AND has_database_privilege('public', oid, 'CONNECT')
                  AND pg_has_role(current_user, datdba, 'USAGE')
                """;
        try (Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery(open)) {
            while (names.next()) {
                execute(
                        connection,
                        "REVOKE CONNECT, TEMPORARY ON DATABASE " + statement.enquoteIdentifier(names.getString(1), true)
                                + " FROM PUBLIC");
            }
        }
    }

    private void locked(Work work) {
        try (Connection connection = database.dataSource().getConnection()) {
            exists(connection, "SELECT pg_advisory_lock(" + LOCK + ")");
            try {
                work.on(connection);
            } finally {
                exists(connection, "SELECT pg_advisory_unlock(" + LOCK + ")");
            }
        } catch (SQLException e) {
            throw new StorageException("the database of a Deployment cannot be set up: " + e.getMessage(), e);
        }
    }

    private static boolean exists(Connection connection, String query, String... names) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < names.length; i++) {
                statement.setString(i + 1, names[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @FunctionalInterface
    private interface Work {
        void on(Connection connection) throws SQLException;
    }
}
