package io.headgate.identity;

import io.headgate.access.Role;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.UserId;
import io.headgate.storage.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// SQL of users.
final class UserStore {
    private static final String COLUMNS = "id, organization_id, email, full_name, organization_role, password_hash";

    private static final String INSERT = """
            INSERT INTO user_account (id, organization_id, email, full_name, organization_role, password_hash, created_at,
                updated_at)
            VALUES (:id, :organizationId, :email, :fullName, :organizationRole, :passwordHash, :now, :now)
            """;

    private static final String FIRST_OWNER = "SELECT " + COLUMNS + """
             FROM user_account WHERE organization_role = 'ORGANIZATION_OWNER' ORDER BY id LIMIT 1
            """;

    private static final String BY_EMAIL = "SELECT " + COLUMNS + " FROM user_account WHERE email = :email";

    private static final String BY_ID_FOR_UPDATE = "SELECT " + COLUMNS + " FROM user_account WHERE id = :id FOR UPDATE";

    private static final String CHANGE = """
            UPDATE user_account SET email = :email, password_hash = :passwordHash, updated_at = :now WHERE id = :id
            """;

    /// A person together with what proves that it is them.
    record Account(User user, Optional<PasswordHash> password) {}

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

    Optional<Account> firstOwner(Transaction transaction) {
        return transaction
                .handle()
                .createQuery(FIRST_OWNER)
                .map((row, _) -> account(row))
                .findOne();
    }

    Optional<Account> find(Transaction transaction, String email) {
        return transaction
                .handle()
                .createQuery(BY_EMAIL)
                .bind("email", email.strip().toLowerCase(Locale.ROOT))
                .map((row, _) -> account(row))
                .findOne();
    }

    Optional<Account> findForUpdate(Transaction transaction, UserId id) {
        return transaction
                .handle()
                .createQuery(BY_ID_FOR_UPDATE)
                .bind("id", id)
                .map((row, _) -> account(row))
                .findOne();
    }

    void change(Transaction transaction, UserId id, String email, PasswordHash password, Instant now) {
        transaction
                .handle()
                .createUpdate(CHANGE)
                .bind("id", id)
                .bind("email", email)
                .bind("passwordHash", password.phc())
                .bind("now", now)
                .execute();
    }

    static User user(ResultSet row) throws SQLException {
        return new User(
                new UserId(row.getString("id")),
                new OrganizationId(row.getString("organization_id")),
                row.getString("email"),
                row.getString("full_name"),
                Role.valueOf(row.getString("organization_role")));
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                user(row), Optional.ofNullable(row.getString("password_hash")).map(PasswordHash::new));
    }
}
