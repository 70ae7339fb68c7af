package io.headgate.token;

import io.headgate.kernel.ApiTokenId;
import io.headgate.storage.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Hashes of values that were rotated away or deleted, in memory, so that a pipeline that still uses one can be told
/// from
/// a stranger who guesses. Whoever presents one learns nothing; it is counted.
///
/// At most the newest {@value #KEPT_MAX}; older than the audit log is kept, they are forgotten.
public final class RetiredSecrets {
    static final int KEPT_MAX = 100_000;

    /// Numbers are given before they are committed: so many are looked at again in case one came late.
    private static final long OVERLAP = 100;

    private final Transactions transactions;
    private final Clock clock;
    private final Duration kept;
    private final RefusalStore store = new RefusalStore();
    private final Map<TokenHash, ApiTokenId> tokenByHash = new ConcurrentHashMap<>();
    private long seen;

    public RetiredSecrets(Transactions transactions, Clock clock, Duration kept) {
        this.transactions = transactions;
        this.clock = clock;
        this.kept = kept;
    }

    /// Reads what was retired since the last time; called every few seconds.
    public synchronized void refresh() {
        List<RefusalStore.Retired> news =
                transactions.inTransaction(tx -> store.retired(tx, Math.max(0, seen - OVERLAP), KEPT_MAX));
        for (RefusalStore.Retired retired : news) {
            seen = Math.max(seen, retired.number());
            if (tokenByHash.size() < KEPT_MAX) {
                tokenByHash.put(retired.secret().hash(), retired.tokenId());
            }
        }
    }

    /// Forgets what is too old, also in memory.
    public synchronized void forgetOld() {
        transactions.useTransaction(tx -> store.forget(tx, clock.instant().minus(kept)));
        tokenByHash.clear();
        seen = 0;
        refresh();
    }

    Optional<ApiTokenId> tokenOf(TokenHash hash) {
        return Optional.ofNullable(tokenByHash.get(hash));
    }
}
