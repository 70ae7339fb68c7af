package io.headgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.audit.AuditVerdict.Broken;
import io.headgate.audit.AuditVerdict.Intact;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// U1: rows are kept for 90 days, and what is left can still be verified.
final class AuditRetentionTest {
    private final SealedLog log = SealedLog.withRows();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void whatIsOldEnoughGoesAndTheRestStillVerifies() {
        long old = log.number("SELECT count(*) FROM audit_event");
        log.world().clock().advance(Duration.ofDays(90));
        log.act("young");
        log.seal();
        log.audit().retention().run();
        // control: a row of exactly 90 days stays
        assertThat(log.number("SELECT count(*) FROM audit_event")).isEqualTo(old + 1);

        log.world().clock().advance(Duration.ofSeconds(1));
        log.audit().retention().run();
        assertThat(log.number("SELECT count(*) FROM audit_event")).isEqualTo(1);
        assertThat(log.verify()).isEqualTo(new Intact(1, 0, old, log.lines().size()));
        assertThat(log.lines().getFirst()).contains("\"CUT\"");

        log.act("later");
        log.seal();
        assertThat(log.verify()).isEqualTo(new Intact(2, 0, old, log.lines().size()));
        log.tamper("UPDATE audit_event SET address = 'elsewhere'");
        assertThat(log.verify()).isInstanceOf(Broken.class);
    }

    @Test
    void aLogOfWhichEverythingIsOldGoesOnFromTheCut() {
        long old = log.number("SELECT count(*) FROM audit_event");
        log.world().clock().advance(Duration.ofDays(91));
        log.audit().retention().run();
        assertThat(log.verify()).isEqualTo(new Intact(0, 0, old, log.lines().size()));

        log.act("young");
        log.seal();
        assertThat(log.number("SELECT max(sequence) FROM audit_seal")).isEqualTo(old + 1);
        assertThat(log.verify()).isEqualTo(new Intact(1, 0, old, log.lines().size()));
    }

    /// Evidence must not grow too old to be seen.
    @Test
    void whatWasTamperedWithIsNotRemoved() {
        long rows = log.number("SELECT count(*) FROM audit_event");
        log.tamper("UPDATE audit_event SET address = 'elsewhere' WHERE id = (SELECT event_id FROM audit_seal"
                + " WHERE sequence = 2)");
        log.world().clock().advance(Duration.ofDays(91));
        log.audit().retention().run();

        assertThat(log.number("SELECT count(*) FROM audit_event")).isEqualTo(rows);
        assertThat(log.verify()).isInstanceOf(Broken.class);
    }

    /// Killed between the commit of the cut and the file: its lines are older than the cut, and that is fine.
    @Test
    void aCutWhoseFileWasNotRewrittenStillVerifies() throws Exception {
        var before = log.lines();
        log.world().clock().advance(Duration.ofDays(91));
        log.audit().retention().run();
        Files.write(log.file(), before);

        assertThat(log.verify()).isInstanceOf(Intact.class);
        var restarted = log.world().restarted();
        log.act("afterwards");
        assertThat(restarted.audit().sealer().seal()).isEqualTo(1);
        assertThat(restarted.audit().verification().verify()).isInstanceOf(Intact.class);
    }
}
