package io.headgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.audit.AuditVerdict.Broken;
import io.headgate.audit.AuditVerdict.Finding;
import io.headgate.audit.AuditVerdict.Intact;
import io.headgate.audit.SealingKey.ChainValue;
import io.headgate.storage.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nobody who can write to the database, but has not the key, changes the past of the log unnoticed (item 51). Every
/// test
/// starts with a log that passes, and so is its own control.
final class VerifyingTheAuditLogTest {
    private final SealedLog log = SealedLog.withRows();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void anUntouchedLogPassesAndIsCounted() {
        long rows = log.number("SELECT count(*) FROM audit_event");

        assertThat(log.verify()).isEqualTo(new Intact(rows, 0, 0, log.lines().size()));
        log.act("not sealed yet");
        assertThat(log.verify()).isEqualTo(new Intact(rows, 1, 0, log.lines().size()));
    }

    @Test
    void aChangedRowIsFound() {
        intact();
        log.tamper("UPDATE audit_event SET subject = '{\"id\": \"x\", \"kind\": \"USER\", \"name\": \"Eve\","
                + " \"username\": \"\"}' WHERE id = (SELECT event_id FROM audit_seal WHERE sequence = 4)");

        assertThat(broken()).isEqualTo(new Place(Finding.ROW_CHANGED, 4));
    }

    /// Whatever column it is.
    @Test
    void aChangeOfAnyColumnIsFound() {
        List<String> columns = log.world()
                .controlPlane()
                .transactions()
                .inTransaction(
                        tx -> tx.handle().createQuery("""
                                SELECT column_name || CASE data_type
                                    WHEN 'jsonb' THEN ' = ''{"id": "x", "kind": "USER", "name": "", "username": ""}'''
                                    WHEN 'timestamp with time zone' THEN ' = at + interval ''1 microsecond'''
                                    ELSE ' = coalesce(' || column_name || ', '''') || ''x''' END
                                FROM information_schema.columns WHERE table_name = 'audit_event' AND column_name <> 'id'
                                """).mapTo(String.class).list());

        assertThat(columns).hasSize(18).allSatisfy(change -> {
            intact();
            log.tamper(
                    "CREATE TABLE before AS SELECT * FROM audit_event",
                    "UPDATE audit_event SET " + change
                            + " WHERE id = (SELECT event_id FROM audit_seal WHERE sequence = 2)");
            assertThat(broken()).isEqualTo(new Place(Finding.ROW_CHANGED, 2));
            log.tamper("DELETE FROM audit_event", "INSERT INTO audit_event SELECT * FROM before", "DROP TABLE before");
        });
    }

    @Test
    void aRemovedRowIsFound() {
        intact();
        log.tamper("DELETE FROM audit_event WHERE id = (SELECT event_id FROM audit_seal WHERE sequence = 3)");

        assertThat(broken()).isEqualTo(new Place(Finding.ROW_REMOVED, 3));
    }

    @Test
    void aRowThatIsRemovedWithItsSealIsFound() {
        intact();
        log.tamper(
                "DELETE FROM audit_event WHERE id = (SELECT event_id FROM audit_seal WHERE sequence = 3)",
                "DELETE FROM audit_seal WHERE sequence = 3");
        assertThat(broken()).isEqualTo(new Place(Finding.ROW_REMOVED, 3));

        log.tamper(
                "UPDATE audit_seal SET sequence = -sequence WHERE sequence > 3",
                "UPDATE audit_seal SET sequence = -sequence - 1 WHERE sequence < 0");
        assertThat(broken()).isEqualTo(new Place(Finding.ROW_CHANGED, 3));
    }

    @Test
    void rowsInAnotherOrderAreFound() {
        intact();
        log.tamper(
                "UPDATE audit_seal SET sequence = -2 WHERE sequence = 2",
                "UPDATE audit_seal SET sequence = 2 WHERE sequence = 3",
                "UPDATE audit_seal SET sequence = 3 WHERE sequence = -2");

        assertThat(broken()).isEqualTo(new Place(Finding.ROW_CHANGED, 2));
    }

    @Test
    void aTailThatWasCutOffIsFound() {
        intact();
        long last = log.number("SELECT max(sequence) FROM audit_seal");
        cutOffAfter(last - 1);

        assertThat(broken()).isEqualTo(new Place(Finding.TAIL_REMOVED, last));
    }

    /// The server goes on after the theft, and its new rows take the places of the old ones.
    @Test
    void aTailThatWasCutOffIsStillFoundWhenNewRowsStandInItsPlace() {
        long last = log.number("SELECT max(sequence) FROM audit_seal");
        cutOffAfter(last - 1);
        log.act("later");
        log.act("later still");
        assertThat(log.seal()).isEqualTo(2);

        assertThat(broken()).isEqualTo(new Place(Finding.TAIL_REMOVED, last));
    }

    @Test
    void everythingGoneIsFound() {
        intact();
        log.tamper("DELETE FROM audit_event", "DELETE FROM audit_seal", "DELETE FROM audit_unsealed");

        assertThat(broken()).isEqualTo(new Place(Finding.TAIL_REMOVED, 1));
    }

    @Test
    void aChainMadeAnewWithoutTheKeyIsFound() {
        intact();
        SealingKey forged =
                new SealingKey(KeyFile.readOrCreate(log.world().folder().resolve("forged.keys"), new SecureRandom()));
        recompute(forged, "k1");
        assertThat(broken()).isEqualTo(new Place(Finding.ROW_CHANGED, 1));

        recompute(forged, "k9");
        assertThat(broken()).isEqualTo(new Place(Finding.WRONG_KEY, 1));

        // control: with the right key the same recomputation passes
        recompute(
                new SealingKey(
                        KeyFile.readOrCreate(log.world().folder().resolve("keys/audit-seal.keys"), new SecureRandom())),
                "k1");
        intact();
    }

    @Test
    void aMissingFileOfCheckpointsIsFoundAlsoAfterTheServerMadeANewOne() throws IOException {
        intact();
        Files.delete(log.file());
        assertThat(broken().finding()).isEqualTo(Finding.CHECKPOINTS_MISSING);

        var _ = log.world().restarted().audit().sealer().seal();
        assertThat(log.lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("RESTART"));
        assertThat(broken().finding()).isEqualTo(Finding.CHECKPOINTS_MISSING);
    }

    @Test
    void aShortenedOrForgedFileOfCheckpointsIsFound() throws IOException {
        intact();
        List<String> lines = log.lines();
        Files.write(log.file(), lines.subList(1, lines.size()));
        assertThat(broken().finding()).isEqualTo(Finding.CHECKPOINTS_MISSING);

        Files.write(
                log.file(),
                List.of(lines.getFirst(), lines.getLast().replaceFirst("\"sequence\":\\d+", "\"sequence\":1")));
        assertThat(broken().finding()).isEqualTo(Finding.CHECKPOINTS_CHANGED);

        Files.write(log.file(), List.of(lines.getFirst(), "{}"));
        assertThat(broken().finding()).isEqualTo(Finding.CHECKPOINTS_CHANGED);

        Files.writeString(log.file(), "");
        assertThat(broken().finding()).isEqualTo(Finding.CHECKPOINTS_MISSING);

        Files.write(log.file(), lines);
        intact();
    }

    @Test
    void aRowThatTheSealerWasKeptFromIsFound() {
        intact();
        log.act("hidden");
        log.tamper("DELETE FROM audit_unsealed");
        assertThat(log.seal()).isZero();
        assertThat(broken().finding()).isEqualTo(Finding.ROW_UNSEALED);
    }

    @Test
    void aRowThatWentBeforeItWasSealedIsFound() {
        intact();
        log.act("short-lived");
        log.tamper("DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_unsealed)");
        assertThat(broken().finding()).isEqualTo(Finding.ROW_REMOVED);
    }

    @Test
    void aCutThatWasNotSignedByUsIsFound() {
        intact();
        log.execute("INSERT INTO audit_cut SELECT sequence, event_id, chain, now(), key_id, chain FROM audit_seal"
                + " WHERE sequence = 2");
        log.execute("DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_seal WHERE sequence <= 2)");

        assertThat(broken()).isEqualTo(new Place(Finding.CUT_FORGED, 2));
    }

    /// As a kill -9 in the middle of a line leaves it.
    @Test
    void aTornLastLineIsNoFindingAndTheNextLineTakesItsPlace() throws IOException {
        long lines = log.lines().size();
        Files.writeString(log.file(), "{\"kind\":\"CHECKPOINT\",\"seq", StandardOpenOption.APPEND);
        intact();

        log.act("afterwards");
        log.seal();
        intact();
        assertThat(log.lines()).hasSize((int) lines + 1);
    }

    private record Place(Finding finding, long sequence) {}

    private Place broken() {
        assertThat(log.verify()).isInstanceOf(Broken.class);
        Broken broken = (Broken) log.verify();
        assertThat(broken.finding()).isNotBlank();
        return new Place(broken.kind(), broken.sequence());
    }

    private void intact() {
        assertThat(log.verify()).isInstanceOf(Intact.class);
    }

    private void cutOffAfter(long sequence) {
        log.tamper(
                "DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_seal WHERE sequence > " + sequence
                        + ")",
                "DELETE FROM audit_seal WHERE sequence > " + sequence);
    }

    /// Gives every row a seal that fits all others, as far as the key allows.
    private void recompute(SealingKey key, String nameOfKey) {
        AuditSealStore store = new AuditSealStore();
        log.world().controlPlane().transactions().useTransaction(tx -> {
            tx.handle().execute("SET LOCAL session_replication_role = replica");
            ChainValue[] chain = {ChainValue.START};
            store.walk(tx, 0, Long.MAX_VALUE, row -> {
                chain[0] = key.next(
                        "k1",
                        RecordedEvent.FORM,
                        row.seal().sequence(),
                        chain[0],
                        row.event().orElseThrow().sealedBytes());
                tx.handle()
                        .createUpdate("UPDATE audit_seal SET chain = :chain, key_id = :key WHERE sequence = :sequence")
                        .bind("chain", chain[0].bytes())
                        .bind("key", nameOfKey)
                        .bind("sequence", row.seal().sequence())
                        .execute();
            });
        });
    }
}
