package io.headgate.audit;

import io.headgate.audit.SealingKey.ChainValue;
import io.headgate.kernel.FailPoint;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Seals what was committed to the audit log, about once a second.
///
/// 1. Rows wait in `audit_unsealed` from the transaction that wrote them on; whichever commits later is sealed later.
/// The
///    order of seals, not that of ids, is the order of the log.
/// 2. One transaction takes some of them in order and gives each the next number and chain value; a lock lets one
/// sealer at
///    a time do so, in whatever process, and a second finds nothing to do.
/// 3. When it is committed, a checkpoint says so in a file beside the database. A sealer that dies in between leaves
/// seals
///    without a checkpoint; the next one sees that the file is behind and writes it.
/// 4. A file that is *ahead* of the database means that rows were removed. It is told in the log, and to whoever
/// verifies.
public final class AuditSealer {
    private static final Logger LOG = Logger.getLogger(AuditSealer.class);

    /// Rows in one transaction.
    private static final int BATCH = 1000;

    private final Transactions transactions;
    private final Clock clock;
    private final SealingKey key;
    private final CheckpointFile checkpoints;
    private final AuditSealStore store = new AuditSealStore();
    private boolean begun;

    public AuditSealer(Transactions transactions, Clock clock, SealingKey key, CheckpointFile checkpoints) {
        this.transactions = transactions;
        this.clock = clock;
        this.key = key;
        this.checkpoints = checkpoints;
    }

    /// Seals all that waits; the number of rows.
    public synchronized int seal() {
        if (!begun) {
            begin();
        }
        // if a checkpoint cannot be written, the next attempt first makes up for it
        begun = false;
        int sealed = sealAll();
        begun = true;
        return sealed;
    }

    private int sealAll() {
        int sealed = 0;
        while (true) {
            Batch batch = transactions.inTransaction(this::sealSome);
            if (batch.size() > 0) {
                FailPoint.AUDIT_SEAL_AFTER_COMMIT.pass();
                checkpoint(ChainPlace.Kind.CHECKPOINT, batch.head());
                FailPoint.AUDIT_CHECKPOINT_WRITTEN.pass();
            }
            sealed += batch.size();
            if (batch.size() < BATCH) {
                return sealed;
            }
        }
    }

    /// How far the chain goes.
    record Head(long sequence, String eventId, ChainValue chain) {
        static final Head START = new Head(0, "", ChainValue.START);

        static Head of(Optional<AuditSealStore.Seal> last, Optional<ChainPlace> cut) {
            return last.map(seal -> new Head(seal.sequence(), seal.eventId(), seal.chain()))
                    .or(() -> cut.map(place -> new Head(place.sequence(), place.eventId(), place.chain())))
                    .orElse(START);
        }
    }

    private record Batch(int size, Head head) {}

    private Batch sealSome(Transaction transaction) {
        if (!store.lock(transaction)) {
            return new Batch(0, Head.START);
        }
        Head head = Head.of(store.last(transaction), store.lastCut(transaction));
        List<AuditSealStore.Seal> seals = new ArrayList<>();
        for (RecordedEvent event : store.unsealed(transaction, BATCH)) {
            long sequence = head.sequence() + 1;
            String keyId = key.currentId();
            ChainValue chain = key.next(keyId, RecordedEvent.FORM, sequence, head.chain(), event.sealedBytes());
            seals.add(new AuditSealStore.Seal(sequence, event.id(), RecordedEvent.FORM, keyId, chain));
            head = new Head(sequence, event.id(), chain);
        }
        if (!seals.isEmpty()) {
            store.insert(transaction, seals, clock.instant());
            FailPoint.AUDIT_SEAL_BEFORE_COMMIT.pass();
        }
        return new Batch(seals.size(), head);
    }

    /// Makes the file say what is so, unless it says more.
    private void begin() {
        Head head = transactions.inTransaction(tx -> Head.of(store.last(tx), store.lastCut(tx)));
        if (!checkpoints.exists()) {
            boolean first = head.sequence() == 0;
            if (!first) {
                LOG.errorf(
                        "%s is missing: what was removed from the end of the audit log before now cannot be seen",
                        checkpoints.path());
            }
            checkpoint(first ? ChainPlace.Kind.BEGIN : ChainPlace.Kind.RESTART, head);
            return;
        }
        long told = lastTold();
        if (told > head.sequence()) {
            LOG.errorf(
                    "the audit log ends with seal %d, but seal %d was once written: rows were removed at its end",
                    head.sequence(), told);
        } else if (told < head.sequence()) {
            checkpoint(ChainPlace.Kind.CHECKPOINT, head);
        }
    }

    private long lastTold() {
        try {
            return checkpoints.read().last();
        } catch (CheckpointFile.Unreadable e) {
            LOG.error("the audit log cannot be verified: " + e.getMessage());
            return 0;
        }
    }

    private void checkpoint(ChainPlace.Kind kind, Head head) {
        Instant now = clock.instant();
        checkpoints.append(ChainPlace.signed(key, kind, head.sequence(), head.eventId(), head.chain(), now));
    }
}
