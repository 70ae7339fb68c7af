package io.headgate.token;

import io.headgate.kernel.ApiTokenId;
import io.headgate.storage.Transactions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers when tokens were last used, to the minute, and writes it down now and then: never a write per request
/// (T14).
public final class LastUses {
    private final Transactions transactions;
    private final ObservedUses observed;
    private final ApiTokenStore store = new ApiTokenStore();
    private final Map<ApiTokenId, Instant> unwritten = new ConcurrentHashMap<>();
    private final Map<ApiTokenId, Instant> written = new ConcurrentHashMap<>();

    public LastUses(Transactions transactions, ObservedUses observed) {
        this.transactions = transactions;
        this.observed = observed;
    }

    void note(ApiTokenId id, Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        if (!minute.equals(written.get(id))) {
            unwritten.put(id, minute);
        }
    }

    /// The last use that is not in the database yet, so that a reader need not wait for the next flush.
    Optional<LastUse> unwritten(ApiTokenId id) {
        return Optional.ofNullable(unwritten.get(id))
                .map(at -> new LastUse(at, observed.client(id).orElse("")));
    }

    /// Writes what is new; called every few seconds and at a clean stop. What fails is tried again the next time.
    public void flush() {
        Map<ApiTokenId, Instant> batch = new HashMap<>(unwritten);
        if (batch.isEmpty()) {
            return;
        }
        transactions.useTransaction(tx -> store.used(tx, batch, observed::client));
        batch.forEach((id, at) -> {
            written.put(id, at);
            unwritten.remove(id, at);
        });
    }
}
