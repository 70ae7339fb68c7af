package io.headgate.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/// The control plane's own database: a pool of connections, migrated to the schema of this version.
public final class Database implements AutoCloseable {
    /// More than this many at once only queue inside PostgreSQL on the machines we are made for.
    private static final int CONNECTIONS_MAX = 16;

    private static final int WAIT_FOR_CONNECTION_MILLIS = 5_000;

    private final DatabaseAddress address;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(DatabaseAddress address, HikariDataSource pool) {
        this.address = address;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin()).registerArgument(new IdArgument());
    }

    /// Connects and applies every migration that is missing; refuses a schema newer than this version.
    public static Database open(DatabaseAddress address) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password().reveal());
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setConnectionTimeout(WAIT_FOR_CONNECTION_MILLIS);
        config.setPoolName("headgate");
        config.addDataSourceProperty("ApplicationName", "headgate");
        HikariDataSource pool = new HikariDataSource(config);
        try {
            migrate(pool);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        return new Database(address, pool);
    }

    public DatabaseAddress address() {
        return address;
    }

    public DataSource dataSource() {
        return pool;
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        pool.close();
    }

    private static void migrate(DataSource dataSource) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .cleanDisabled(true)
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }
}
