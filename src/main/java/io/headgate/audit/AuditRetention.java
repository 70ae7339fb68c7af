package io.headgate.audit;

import io.headgate.kernel.FailPoint;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/// Removes what is older than the log is kept (U1), oldest seals first, so that the rest can still be verified.
///
/// 1. A signed cut says after which seal the log goes on, and with which chain value; it is what permits the deletion.
/// 2. What is to go is verified first: evidence does not grow too old to be seen.
/// 3. The file of checkpoints follows. Killed in between, its older lines are about rows that the cut covers.
public final class AuditRetention {
    private static final Logger LOG = Logger.getLogger(AuditRetention.class);

    /// Rows in one transaction.
    private static final long BATCH = 10_000;

    private final Transactions transactions;
    private final Clock clock;
    private final SealingKey key;
    private final CheckpointFile checkpoints;
    private final Duration kept;
    private final AuditSealStore store = new AuditSealStore();

    public AuditRetention(
            Transactions transactions, Clock clock, SealingKey key, CheckpointFile checkpoints, Duration kept) {
        this.transactions = transactions;
        this.clock = clock;
        this.key = key;
        this.checkpoints = checkpoints;
        this.kept = kept;
    }

    /// Removes all that is too old; what fails is tried again the next time.
    public void run() {
        Instant keptFrom = clock.instant().minus(kept);
        while (true) {
            Optional<ChainPlace> cut = transactions.inTransaction(tx -> cutSome(tx, keptFrom));
            if (cut.isEmpty()) {
                return;
            }
            FailPoint.AUDIT_CUT_AFTER_COMMIT.pass();
            checkpoints.cut(cut.get());
            LOG.infof(
                    "audit log: removed what is older than %d days, up to seal %d",
                    kept.toDays(), cut.get().sequence());
        }
    }

    private Optional<ChainPlace> cutSome(Transaction tx, Instant keptFrom) {
        OptionalLong first = store.first(tx);
        if (first.isEmpty() || !store.lock(tx)) {
            return Optional.empty();
        }
        long last = Math.min(
                first.getAsLong() + BATCH - 1,
                store.firstToKeep(tx, keptFrom).stream()
                        .map(keep -> keep - 1)
                        .findFirst()
                        .orElse(Long.MAX_VALUE));
        Optional<AuditSealStore.Seal> end = store.lastUpTo(tx, last);
        if (end.isEmpty()) {
            return Optional.empty();
        }
        long upTo = end.get().sequence();
        Optional<ChainPlace> before = store.lastCut(tx);
        ChainWalk walk = new ChainWalk(
                key,
                before.map(ChainPlace::sequence).orElse(0L),
                before.map(ChainPlace::chain).orElse(SealingKey.ChainValue.START),
                Map.of());
        store.walk(tx, walk.sequence(), upTo, walk::visit);
        if (walk.broken().isPresent()) {
            LOG.errorf(
                    "audit log: nothing is removed, because what is old enough is not as it was sealed: %s",
                    walk.broken().get().finding());
            return Optional.empty();
        }
        ChainPlace cut = ChainPlace.signed(
                key, ChainPlace.Kind.CUT, upTo, end.get().eventId(), end.get().chain(), clock.instant());
        store.cut(tx, cut);
        FailPoint.AUDIT_CUT_BEFORE_COMMIT.pass();
        return Optional.of(cut);
    }
}
