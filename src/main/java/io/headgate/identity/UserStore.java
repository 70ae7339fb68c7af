package io.headgate.identity;

import io.headgate.access.Role;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.UserId;
import io.headgate.storage.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// SQL of users.
final class UserStore {
    private static final String INSERT = """
            INSERT INTO user_account (id, organization_id, email, full_name, organization_role, password_hash, created_at,
                updated_at)
            VALUES (:id, :organizationId, :email, :fullName, :organizationRole, :passwordHash, :now, :now)
            """;

    private static final String FIRST_OWNER = """
            SELECT id, organization_id, email, full_name, organization_role
            FROM user_account WHERE organization_role = 'ORGANIZATION_OWNER' ORDER BY id LIMIT 1
            """;

    void insert(Transaction transaction, User user, Optional<PasswordHash> password, Instant now) {
        transaction
                .handle()
                .createUpdate(INSERT)
                .bind("id", user.id())
                .bind("organizationId", user.organizationId())
                .bind("email", user.email())
                .bind("fullName", user.fullName())
                .bind("organizationRole", user.organizationRole().name())
                .bind("passwordHash", password.map(PasswordHash::phc).orElse(null))
                .bind("now", now)
                .execute();
    }

    Optional<User> firstOwner(Transaction transaction) {
        return transaction
                .handle()
                .createQuery(FIRST_OWNER)
                .map((row, _) -> user(row))
                .findOne();
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                new UserId(row.getString("id")),
                new OrganizationId(row.getString("organization_id")),
                row.getString("email"),
                row.getString("full_name"),
                Role.valueOf(row.getString("organization_role")));
    }
}
