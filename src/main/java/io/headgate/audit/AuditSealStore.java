package io.headgate.audit;

import io.headgate.audit.SealingKey.ChainValue;
import io.headgate.storage.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// SQL of seals and cuts.
final class AuditSealStore {
    /// One at a time seals or cuts, whichever process it is in.
    private static final long LOCK = 0x68656164_61756474L;

    private static final int ROWS_AT_ONCE = 500;

    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(:lock)";

    private static final String UNSEALED = "SELECT " + AuditEventStore.COLUMNS + """

            FROM audit_unsealed u JOIN audit_event e ON e.id = u.event_id
            ORDER BY u.event_id
            LIMIT :limit
            """;

    private static final String LAST = """
            SELECT sequence, event_id, form, key_id, chain FROM audit_seal ORDER BY sequence DESC LIMIT 1
            """;

    private static final String LAST_UP_TO = """
            SELECT sequence, event_id, form, key_id, chain FROM audit_seal
            WHERE sequence <= :sequence ORDER BY sequence DESC LIMIT 1
            """;

    private static final String INSERT = """
            INSERT INTO audit_seal (sequence, event_id, form, key_id, chain, sealed_at)
            VALUES (:sequence, :eventId, :form, :keyId, :chain, :sealedAt)
            """;

    private static final String NO_LONGER_UNSEALED = "DELETE FROM audit_unsealed WHERE event_id = :eventId";

    private static final String LAST_CUT = """
            SELECT sequence, event_id, chain, cut_at, key_id, mac FROM audit_cut ORDER BY sequence DESC LIMIT 1
            """;

    private static final String INSERT_CUT = """
            INSERT INTO audit_cut (sequence, event_id, chain, cut_at, key_id, mac)
            VALUES (:sequence, :eventId, :chain, :cutAt, :keyId, :mac)
            """;

    // LEFT JOIN: a seal whose row is gone must be seen
    private static final String WALK = """
            SELECT s.sequence, s.event_id, s.form, s.key_id, s.chain, e.id IS NOT NULL AS present,""" + " " + AuditEventStore.COLUMNS + """

            FROM audit_seal s LEFT JOIN audit_event e ON e.id = s.event_id
            WHERE s.sequence > :after AND s.sequence <= :upTo
            ORDER BY s.sequence
            """;

    // the first sealed row that is young enough to stay; all before it may go
    private static final String FIRST_TO_KEEP = """
            SELECT min(s.sequence) FROM audit_seal s JOIN audit_event e ON e.id = s.event_id WHERE e.at >= :keptFrom
            """;

    private static final String FIRST = "SELECT min(sequence) FROM audit_seal";

    private static final String DELETE_EVENTS = """
            DELETE FROM audit_event e USING audit_seal s WHERE s.event_id = e.id AND s.sequence <= :sequence
            """;

    private static final String DELETE_SEALS = "DELETE FROM audit_seal WHERE sequence <= :sequence";

    private static final String NEVER_SEALED = """
            SELECT min(e.id) FROM audit_event e
            WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.event_id = e.id)
              AND NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.event_id = e.id)
            """;

    private static final String WAITS_BUT_IS_GONE = """
            SELECT min(u.event_id) FROM audit_unsealed u
            WHERE NOT EXISTS (SELECT FROM audit_event e WHERE e.id = u.event_id)
            """;

    private static final String COUNT_UNSEALED = "SELECT count(*) FROM audit_unsealed";

    /// A seal as it is stored.
    record Seal(long sequence, String eventId, int form, String keyId, ChainValue chain) {}

    /// A seal with the row that it covers; empty if that is gone.
    record Sealed(Seal seal, Optional<RecordedEvent> event) {}

    /// All that this transaction reads is of one moment, and it writes nothing.
    void readOneState(Transaction transaction) {
        transaction.handle().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }

    /// Whether this transaction alone seals or cuts until its end.
    boolean lock(Transaction transaction) {
        return transaction
                .handle()
                .createQuery(TRY_LOCK)
                .bind("lock", LOCK)
                .mapTo(Boolean.class)
                .one();
    }

    List<RecordedEvent> unsealed(Transaction transaction, int limit) {
        return transaction
                .handle()
                .createQuery(UNSEALED)
                .bind("limit", limit)
                .map((row, _) -> AuditEventStore.event(row))
                .list();
    }

    Optional<Seal> last(Transaction transaction) {
        return transaction.handle().createQuery(LAST).map((row, _) -> seal(row)).findOne();
    }

    Optional<Seal> lastUpTo(Transaction transaction, long sequence) {
        return transaction
                .handle()
                .createQuery(LAST_UP_TO)
                .bind("sequence", sequence)
                .map((row, _) -> seal(row))
                .findOne();
    }

    void insert(Transaction transaction, List<Seal> seals, Instant now) {
        var inserts = transaction.handle().prepareBatch(INSERT);
        var deletes = transaction.handle().prepareBatch(NO_LONGER_UNSEALED);
        for (Seal seal : seals) {
            inserts.bind("sequence", seal.sequence())
                    .bind("eventId", seal.eventId())
                    .bind("form", seal.form())
                    .bind("keyId", seal.keyId())
                    .bind("chain", seal.chain().bytes())
                    .bind("sealedAt", now)
                    .add();
            deletes.bind("eventId", seal.eventId()).add();
        }
        inserts.execute();
        deletes.execute();
    }

    Optional<ChainPlace> lastCut(Transaction transaction) {
        return transaction
                .handle()
                .createQuery(LAST_CUT)
                .map((row, _) -> new ChainPlace(
                        ChainPlace.Kind.CUT,
                        row.getLong("sequence"),
                        row.getString("event_id"),
                        new ChainValue(row.getBytes("chain")),
                        row.getObject("cut_at", OffsetDateTime.class).toInstant(),
                        row.getString("key_id"),
                        new ChainValue(row.getBytes("mac"))))
                .findOne();
    }

    /// Notes the cut, which is what allows the deletion, and deletes what it covers.
    void cut(Transaction transaction, ChainPlace cut) {
        transaction
                .handle()
                .createUpdate(INSERT_CUT)
                .bind("sequence", cut.sequence())
                .bind("eventId", cut.eventId())
                .bind("chain", cut.chain().bytes())
                .bind("cutAt", cut.at())
                .bind("keyId", cut.keyId())
                .bind("mac", cut.mac().bytes())
                .execute();
        for (String delete : List.of(DELETE_EVENTS, DELETE_SEALS)) {
            transaction
                    .handle()
                    .createUpdate(delete)
                    .bind("sequence", cut.sequence())
                    .execute();
        }
    }

    /// Every seal between two places with its row, in order; a few at a time are in memory.
    void walk(Transaction transaction, long after, long upTo, Consumer<Sealed> visitor) {
        transaction
                .handle()
                .createQuery(WALK)
                .setFetchSize(ROWS_AT_ONCE)
                .bind("after", after)
                .bind("upTo", upTo)
                .map((row, _) -> new Sealed(
                        seal(row),
                        row.getBoolean("present") ? Optional.of(AuditEventStore.event(row)) : Optional.empty()))
                .forEach(visitor);
    }

    OptionalLong firstToKeep(Transaction transaction, Instant keptFrom) {
        return number(transaction
                .handle()
                .createQuery(FIRST_TO_KEEP)
                .bind("keptFrom", keptFrom)
                .mapTo(Long.class)
                .findOne());
    }

    OptionalLong first(Transaction transaction) {
        return number(transaction.handle().createQuery(FIRST).mapTo(Long.class).findOne());
    }

    /// A row that has no seal and waits for none: somebody took it out of the queue.
    Optional<String> neverSealed(Transaction transaction) {
        return transaction
                .handle()
                .createQuery(NEVER_SEALED)
                .mapTo(String.class)
                .findOne();
    }

    /// A row that was removed before it was sealed.
    Optional<String> goneUnsealed(Transaction transaction) {
        return transaction
                .handle()
                .createQuery(WAITS_BUT_IS_GONE)
                .mapTo(String.class)
                .findOne();
    }

    long countUnsealed(Transaction transaction) {
        return transaction
                .handle()
                .createQuery(COUNT_UNSEALED)
                .mapTo(Long.class)
                .one();
    }

    private static OptionalLong number(Optional<Long> found) {
        return found.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static Seal seal(ResultSet row) throws SQLException {
        return new Seal(
                row.getLong("sequence"),
                row.getString("event_id"),
                row.getInt("form"),
                row.getString("key_id"),
                new ChainValue(row.getBytes("chain")));
    }
}
