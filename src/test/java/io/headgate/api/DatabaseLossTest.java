package io.headgate.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.storage.DatabaseAddress;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/// A database that does not answer is a 503, never a 500 and never an "allow" (item 43).
@QuarkusTest
class DatabaseLossTest {
    @Inject
    TestApi api;

    @Test
    void isToldAsSuchAndPasses() throws SQLException {
        assertThat(api.get(api.owner(), "/v1/organizations").status()).isEqualTo(200);

        administer("ALTER DATABASE %s WITH ALLOW_CONNECTIONS false");
        administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'");
        try {
            Answer answer = api.get(api.owner(), "/v1/organizations");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.message()).contains("database");
            assertThat(answer.header("Retry-After")).isNotEmpty();
            assertThat(api.get("refused", "/v1/organizations").status()).isEqualTo(401);
        } finally {
            administer("ALTER DATABASE %s WITH ALLOW_CONNECTIONS true");
        }

        assertThat(api.get(api.owner(), "/v1/organizations").status()).isEqualTo(200);
    }

    private void administer(String sql) throws SQLException {
        DatabaseAddress ours = api.behind().database().database().address();
        DatabaseAddress server = ours.inDatabase("postgres");
        try (Connection connection = DriverManager.getConnection(
                        server.jdbcUrl(), server.user(), server.password().reveal());
                Statement statement = connection.createStatement()) {
            statement.execute(sql.formatted(ours.database()));
        }
    }
}
