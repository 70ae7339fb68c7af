package io.headgate.identity;

import io.headgate.kernel.SessionId;
import io.headgate.kernel.UserId;
import io.headgate.storage.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/// SQL of sessions. What a browser presents is never here, only its seal.
final class SessionStore {
    private static final String SELECT = """
            SELECT s.id AS session_id, s.secret_seal, s.started_at, s.seen_at, s.authenticated_at, s.ends_at, s.address,
                s.user_agent, u.id, u.organization_id, u.email, u.full_name, u.organization_role
            FROM session s JOIN user_account u ON u.id = s.user_id
            """;

    private static final String INSERT = """
            INSERT INTO session (id, user_id, secret_seal, started_at, seen_at, authenticated_at, ends_at, address,
                user_agent)
            VALUES (:id, :userId, :seal, :startedAt, :seenAt, :authenticatedAt, :endsAt, :address, :userAgent)
            """;

    private static final String SEEN = "UPDATE session SET seen_at = :at WHERE id = :id AND seen_at < :at";

    /// A row together with what finds it.
    record Sealed(String seal, Session session) {}

    void insert(Transaction transaction, Sealed sealed) {
        Session session = sealed.session();
        transaction
                .handle()
                .createUpdate(INSERT)
                .bind("id", session.id())
                .bind("userId", session.user().id())
                .bind("seal", sealed.seal())
                .bind("startedAt", session.startedAt())
                .bind("seenAt", session.seenAt())
                .bind("authenticatedAt", session.authenticatedAt())
                .bind("endsAt", session.endsAt())
                .bind("address", session.address())
                .bind("userAgent", session.userAgent())
                .execute();
    }

    List<Sealed> all(Transaction transaction) {
        return transaction
                .handle()
                .createQuery(SELECT)
                .map((row, _) -> sealed(row))
                .list();
    }

    Optional<Sealed> find(Transaction transaction, SessionId id) {
        return transaction
                .handle()
                .createQuery(SELECT + " WHERE s.id = :id")
                .bind("id", id)
                .map((row, _) -> sealed(row))
                .findOne();
    }

    List<Session> of(Transaction transaction, UserId user) {
        return transaction
                .handle()
                .createQuery(SELECT + " WHERE s.user_id = :user ORDER BY s.seen_at DESC, s.id DESC")
                .bind("user", user)
                .map((row, _) -> sealed(row).session())
                .list();
    }

    void seen(Transaction transaction, Map<SessionId, Instant> times) {
        PreparedBatch batch = transaction.handle().prepareBatch(SEEN);
        times.forEach((id, at) -> batch.bind("id", id).bind("at", at).add());
        batch.execute();
    }

    void authenticated(Transaction transaction, SessionId id, Instant at) {
        transaction
                .handle()
                .createUpdate("UPDATE session SET authenticated_at = :at, seen_at = :at WHERE id = :id")
                .bind("id", id)
                .bind("at", at)
                .execute();
    }

    /// Whether there was one.
    boolean delete(Transaction transaction, SessionId id) {
        return transaction
                        .handle()
                        .createUpdate("DELETE FROM session WHERE id = :id")
                        .bind("id", id)
                        .execute()
                > 0;
    }

    /// Ends all sessions of a person.
    List<SessionId> deleteOf(Transaction transaction, UserId user) {
        return deleted(transaction
                .handle()
                .createQuery("DELETE FROM session WHERE user_id = :user RETURNING id")
                .bind("user", user));
    }

    /// Removes those that ended by themselves.
    List<SessionId> deleteEnded(Transaction transaction, Instant now) {
        return deleted(transaction
                .handle()
                .createQuery("DELETE FROM session WHERE ends_at <= :now OR seen_at <= :unseen RETURNING id")
                .bind("now", now)
                .bind("unseen", now.minus(Session.IDLE_MAX)));
    }

    private static List<SessionId> deleted(Query query) {
        return query.map((row, _) -> new SessionId(row.getString("id"))).list();
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        return new Sealed(
                row.getString("secret_seal"),
                new Session(
                        new SessionId(row.getString("session_id")),
                        UserStore.user(row),
                        instant(row, "started_at"),
                        instant(row, "seen_at"),
                        instant(row, "authenticated_at"),
                        instant(row, "ends_at"),
                        row.getString("address"),
                        row.getString("user_agent")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
