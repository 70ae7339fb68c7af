package io.headgate.audit;

import io.headgate.audit.AuditVerdict.Broken;
import io.headgate.audit.AuditVerdict.Finding;
import io.headgate.audit.AuditVerdict.Intact;
import io.headgate.audit.SealingKey.ChainValue;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.util.Optional;

/// Reads the whole audit log and says whether it is what was once sealed.
///
/// Found is what somebody did who can write to the database but has not the key: rows changed, removed, moved or cut
/// off,
/// a chain made anew. Not found is what happened to a row before it was sealed, which takes about a second.
public final class AuditVerification {
    private final Transactions transactions;
    private final SealingKey key;
    private final CheckpointFile file;
    private final AuditSealStore store = new AuditSealStore();

    public AuditVerification(Transactions transactions, SealingKey key, CheckpointFile file) {
        this.transactions = transactions;
        this.key = key;
        this.file = file;
    }

    // no policy check here: only the person at the machine can ask, and learns no content
    public AuditVerdict verify() {
        if (!file.exists()) {
            return new Broken(
                    Finding.CHECKPOINTS_MISSING,
                    0,
                    "the file of checkpoints " + file.path()
                            + " is missing: rows that were removed at the end could not be seen");
        }
        Told told;
        try {
            // before the database: what is sealed meanwhile is more than was told, never less
            told = file.read();
        } catch (CheckpointFile.Unreadable e) {
            return new Broken(Finding.CHECKPOINTS_CHANGED, 0, String.valueOf(e.getMessage()));
        }
        return transactions.inTransaction(tx -> {
            store.readOneState(tx);
            return verify(tx, told);
        });
    }

    private AuditVerdict verify(Transaction tx, Told told) {
        Optional<ChainPlace> cut = store.lastCut(tx);
        if (cut.isPresent() && !cut.get().isGenuine(key)) {
            return new Broken(
                    Finding.CUT_FORGED,
                    cut.get().sequence(),
                    "the record that rows up to seal " + cut.get().sequence()
                            + " were removed is not signed with our key");
        }
        long removed = cut.map(ChainPlace::sequence).orElse(0L);
        Optional<Broken> objection = told.objection(key, removed);
        if (objection.isPresent()) {
            return objection.get();
        }
        ChainWalk walk =
                new ChainWalk(key, removed, cut.map(ChainPlace::chain).orElse(ChainValue.START), told.chains());
        store.walk(tx, removed, Long.MAX_VALUE, walk::visit);
        Optional<Broken> broken = walk.broken()
                .or(() -> tailRemoved(walk.sequence(), told.last()))
                .or(() -> leftOut(tx));
        return broken.isPresent()
                ? broken.get()
                : new Intact(
                        walk.sequence() - removed,
                        store.countUnsealed(tx),
                        removed,
                        told.places().size());
    }

    private static Optional<Broken> tailRemoved(long last, long told) {
        return last >= told
                ? Optional.empty()
                : Optional.of(new Broken(
                        Finding.TAIL_REMOVED,
                        last + 1,
                        "the log ends with seal " + last + ", but a checkpoint tells of seal " + told
                                + ": rows were removed at the end"));
    }

    private Optional<Broken> leftOut(Transaction tx) {
        return store.neverSealed(tx)
                .map(id -> new Broken(
                        Finding.ROW_UNSEALED,
                        0,
                        "event " + id + " has no seal and waits for none: not ours, or hidden from" + " the sealer"))
                .or(() -> store.goneUnsealed(tx)
                        .map(id -> new Broken(
                                Finding.ROW_REMOVED, 0, "event " + id + " was removed before it was sealed")));
    }
}
