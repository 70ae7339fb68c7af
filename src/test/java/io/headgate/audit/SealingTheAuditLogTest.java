package io.headgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.audit.AuditVerdict.Broken;
import io.headgate.audit.AuditVerdict.Intact;
import io.headgate.host.FileTree;
import io.headgate.launch.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One total order, whatever commits, dies or runs twice; and no way to change a row by the product's own means.
final class SealingTheAuditLogTest {
    private final SealedLog log = SealedLog.withRows();

    @AfterEach
    void close() {
        log.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_event SET address = 'elsewhere'",
                "DELETE FROM audit_event",
                "TRUNCATE audit_event",
                "UPDATE audit_seal SET chain = ''",
                "DELETE FROM audit_seal",
                "TRUNCATE audit_seal",
                "UPDATE audit_cut SET chain = ''",
                "DELETE FROM audit_cut",
                "TRUNCATE audit_cut"
            })
    void whatTheProductItselfCanSayDoesNotChangeThePast(String statement) {
        log.execute("INSERT INTO audit_cut VALUES (0, '', '', now(), 'k1', '')");
        assertThatThrownBy(() -> log.execute(statement)).hasMessageContaining("append-only");
        assertThat(log.number("SELECT count(*) FROM audit_event"))
                .isEqualTo(log.number("SELECT count(*) FROM audit_seal"));
        // control: it is the rule that refuses, not the statement
        log.tamper(
                statement.startsWith("TRUNCATE")
                        ? "ALTER TABLE " + statement.substring(9) + " DISABLE TRIGGER ALL"
                        : statement);
        if (statement.startsWith("TRUNCATE")) {
            log.execute(statement);
        }
    }

    /// A transaction that began first and commits last: its row is sealed after rows with later ids.
    @Test
    void aRowThatCommitsLateIsSealedLateAndNotLeftOut() {
        log.world().controlPlane().transactions().useTransaction(slow -> {
            log.audit().log().append(slow, log.world().owner(), event("slow"));
            // on another thread, for on this one everything is part of the slow transaction
            CompletableFuture.runAsync(() -> {
                        log.act("quick");
                        assertThat(log.seal()).isEqualTo(1);
                        assertThat(log.verify()).isInstanceOf(Intact.class);
                    })
                    .join();
        });
        assertThat(log.seal()).isEqualTo(1);

        assertThat(log.verify()).isInstanceOf(Intact.class);
        assertThat(log.number("SELECT count(*) FROM audit_event"))
                .isEqualTo(log.number("SELECT max(sequence) FROM audit_seal"));
        assertThat(log.number("SELECT count(*) FROM audit_seal a JOIN audit_seal b ON b.sequence > a.sequence"
                        + " WHERE b.event_id < a.event_id"))
                .isEqualTo(1);
    }

    @Test
    void aRowThatIsRolledBackLeavesNothingToSeal() {
        assertThatThrownBy(() -> log.world().controlPlane().transactions().useTransaction(tx -> {
                    log.audit().log().append(tx, log.world().owner(), event("never"));
                    throw new IllegalStateException("planted");
                }))
                .hasMessage("planted");
        assertThat(log.seal()).isZero();
        // control
        log.act("really");
        assertThat(log.seal()).isEqualTo(1);
    }

    @Test
    void severalSealersMakeOneChain() throws Exception {
        List<ControlPlane> planes = List.of(
                log.world().controlPlane(), log.world().restarted(), log.world().restarted());
        for (int i = 0; i < 60; i++) {
            log.act("many " + i);
        }
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> counts = planes.stream()
                    .map(plane -> pool.submit((Callable<Integer>) () -> {
                        start.await();
                        int count = 0;
                        for (int i = 0; i < 20; i++) {
                            log.act("meanwhile " + planes.indexOf(plane) + " " + i);
                            count += plane.audit().sealer().seal();
                        }
                        return count;
                    }))
                    .toList();
            start.countDown();
            int total = 0;
            for (Future<Integer> one : counts) {
                total += one.get();
            }
            assertThat(total + log.seal()).isEqualTo(120);
        }
        assertThat(log.verify()).isInstanceOf(Intact.class);
    }

    /// Between the commit of seals and the line in the file.
    @Test
    void aSealerThatDiedBeforeItsCheckpointIsMadeUpForByTheNext() throws IOException {
        List<String> before = log.lines();
        log.act("unchecked");
        log.seal();
        Files.write(log.file(), before);
        assertThat(log.verify()).isInstanceOf(Intact.class);

        var _ = log.world().restarted().audit().sealer().seal();
        assertThat(log.lines()).hasSize(before.size() + 1);
        long last = log.number("SELECT max(sequence) FROM audit_seal");
        assertThat(log.lines().getLast()).contains("\"sequence\":" + last);
        // and now the tail is guarded
        log.tamper(
                "DELETE FROM audit_event WHERE id = (SELECT event_id FROM audit_seal WHERE sequence = " + last + ")",
                "DELETE FROM audit_seal WHERE sequence = " + last);
        assertThat(log.verify()).isInstanceOf(Broken.class);
    }

    /// As on a full disk: rows are sealed, the checkpoint is made up for when it can be written.
    @Test
    void aCheckpointThatCannotBeWrittenIsMadeUpFor() throws IOException {
        int lines = log.lines().size();
        Path aside = log.file().resolveSibling("aside");
        Files.move(log.file(), aside);
        Files.createDirectories(log.file().resolve("in the way"));
        log.act("unchecked");
        assertThatThrownBy(log::seal).isInstanceOf(UncheckedIOException.class);
        FileTree.delete(log.file());
        Files.move(aside, log.file());

        assertThat(log.seal()).isZero();
        assertThat(log.lines()).hasSize(lines + 1);
        assertThat(log.verify()).isInstanceOf(Intact.class);
    }

    @Test
    void theKeyCanBeRotatedAndOldSealsStayGood() throws IOException {
        var keys = log.world().folder().resolve("keys/audit-seal.keys");
        Files.writeString(keys, Files.readString(keys) + "k2 " + "A".repeat(43) + "=\n");
        ControlPlane later = log.world().restarted();
        log.act("with the new key");
        assertThat(later.audit().sealer().seal()).isEqualTo(1);

        assertThat(log.number("SELECT count(*) FROM audit_seal WHERE key_id = 'k2'"))
                .isEqualTo(1);
        assertThat(later.audit().verification().verify()).isInstanceOf(Intact.class);
        // control: without the old key nothing of it can be checked
        Files.writeString(keys, "k2 " + "A".repeat(43) + "=\n");
        assertThat(log.world().restarted().audit().verification().verify()).isInstanceOf(Broken.class);
    }

    private AuditEvent event(String name) {
        return new AuditEvent(
                "test." + name,
                log.world().workspace().scope(),
                "TEST",
                log.world().workspace().id().value());
    }
}
