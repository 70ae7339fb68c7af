package io.headgate.token;

import io.headgate.access.Caller;
import io.headgate.access.Principal;
import io.headgate.access.Subject;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.kernel.FailPoint;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/// Writes refused uses of known tokens down, off the request path: every few seconds into a counter, and when a
/// counter's
/// minute is over, as one event into the audit log.
///
/// A kill loses what was counted since the last flush. An event stands in the log at most once for what was written.
public final class RefusalLog {
    private static final Logger LOG = Logger.getLogger(RefusalLog.class);

    private final Transactions transactions;
    private final AuditLog audit;
    private final Clock clock;
    private final ObservedUses observed;
    private final RefusalStore store = new RefusalStore();

    public RefusalLog(Transactions transactions, AuditLog audit, Clock clock, ObservedUses observed) {
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.observed = observed;
    }

    /// Writes what was counted, and turns finished minutes into events. What fails is tried again the next time.
    public void flush() {
        List<ObservedUses.Entry> entries = observed.drain();
        try {
            transactions.useTransaction(tx -> {
                if (!entries.isEmpty()) {
                    store.add(tx, entries);
                    FailPoint.REFUSALS_FLUSH_BEFORE_COMMIT.pass();
                }
                Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
                store.takeFinished(tx, minute).forEach(finished -> record(tx, finished));
            });
        } catch (RuntimeException e) {
            observed.putBack(entries);
            throw e;
        }
        if (!entries.isEmpty()) {
            FailPoint.REFUSALS_FLUSH_AFTER_COMMIT.pass();
        }
    }

    private void record(Transaction tx, RefusalStore.Finished finished) {
        if (finished.home().isEmpty()) {
            LOG.warnf(
                    "%d refused uses of token %s are not in the audit log: nobody knows any more whose it was",
                    finished.tally().uses(), finished.tokenId());
            return;
        }
        Caller caller = new Caller(
                new Principal(new Subject.ApiToken(finished.tokenId(), finished.tokenName()), List.of()),
                new Caller.Origin(
                        finished.tally().requestId(),
                        finished.address(),
                        finished.tally().userAgent()));
        audit.append(
                tx,
                caller,
                new AuditEvent(
                        "token.refused",
                        finished.home().get(),
                        "API_TOKEN",
                        finished.tokenId().value(),
                        AuditEvent.Outcome.DENIED,
                        Map.of(
                                "reason", finished.reason().name(),
                                "edge", finished.tally().edge().name(),
                                "minute", finished.minute().toString(),
                                "uses", finished.tally().uses())));
    }
}
