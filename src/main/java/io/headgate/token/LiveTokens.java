package io.headgate.token;

import io.headgate.kernel.ApiTokenId;
import io.headgate.storage.Transactions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Every token there is, in memory, by the hash of its value: a request is answered without a database, and an unknown
/// value costs one hash and one look-up (item 4).
///
/// 1. Loaded whole at the start; until then, and if it fails, the answer is {@link TokenVerdict.Unavailable}: fail
/// closed.
/// 2. After every transaction that may have changed a token, that token is read again before the answer goes out, so
/// the
///    old value is refused on the very next request (item 23). If it cannot be read, it is forgotten and nothing is
///    accepted until a reload succeeds.
public final class LiveTokens implements TokenLookup {
    private static final Logger LOG = Logger.getLogger(LiveTokens.class);

    private final Transactions transactions;
    private final TokenHasher hasher;
    private final Clock clock;
    private final LastUses lastUses;
    private final RetiredSecrets retired;
    private final ApiTokenStore store = new ApiTokenStore();

    private final Map<TokenHash, ApiTokenStore.Live> byHash = new ConcurrentHashMap<>();
    private final Map<ApiTokenId, TokenHash> hashById = new ConcurrentHashMap<>();
    private volatile boolean complete;

    public LiveTokens(
            Transactions transactions, TokenHasher hasher, Clock clock, LastUses lastUses, RetiredSecrets retired) {
        this.transactions = transactions;
        this.hasher = hasher;
        this.clock = clock;
        this.lastUses = lastUses;
        this.retired = retired;
    }

    /// Reads all tokens unless that has been done; called at the start, and every few seconds in case it failed since.
    public synchronized void load() {
        if (complete) {
            return;
        }
        List<ApiTokenStore.Live> all = transactions.inTransaction(store::live);
        byHash.clear();
        hashById.clear();
        all.forEach(this::put);
        complete = true;
    }

    /// Whether requests can be answered; false until all tokens are loaded, and after one could not be read again.
    public boolean complete() {
        return complete;
    }

    @Override
    public TokenVerdict check(String presented) {
        if (!complete) {
            return new TokenVerdict.Unavailable();
        }
        if (presented.length() > TokenValue.LENGTH_MAX || !presented.startsWith(TokenValue.PREFIX)) {
            return new TokenVerdict.Unknown();
        }
        List<TokenHasher.Keyed> candidates = hasher.candidates(presented);
        for (TokenHasher.Keyed candidate : candidates) {
            ApiTokenStore.Live live = byHash.get(candidate.hash());
            if (live != null) {
                return verdict(live);
            }
        }
        return candidates.stream()
                .flatMap(candidate -> retired.tokenOf(candidate.hash()).stream())
                .findFirst()
                .<TokenVerdict>map(TokenVerdict.Retired::new)
                .orElseGet(TokenVerdict.Unknown::new);
    }

    /// Reads one token again; part of every transaction's end that touched it.
    void refresh(ApiTokenId id) {
        synchronized (this) {
            try {
                var now = transactions.inTransaction(tx -> store.live(tx, id));
                TokenHash before = hashById.get(id);
                // the new value works before the old one stops: never a moment without a valid one (item 22)
                now.ifPresent(this::put);
                if (before != null
                        && now.filter(row -> row.secret().hash().equals(before)).isEmpty()) {
                    byHash.remove(before);
                }
                if (now.isEmpty()) {
                    hashById.remove(id);
                }
            } catch (RuntimeException e) {
                complete = false;
                LOG.error("a token could not be read again; refusing all until the database answers", e);
            }
        }
    }

    private TokenVerdict verdict(ApiTokenStore.Live live) {
        ApiToken token = live.token();
        var now = clock.instant();
        if (token.validity().endedBy(now)) {
            return new TokenVerdict.Expired(token.id(), token.validity().endAt().orElseThrow());
        }
        lastUses.note(token.id(), now);
        return new TokenVerdict.Accepted(token.id(), live.principal(), token.home());
    }

    private void put(ApiTokenStore.Live live) {
        byHash.put(live.secret().hash(), live);
        hashById.put(live.token().id(), live.secret().hash());
    }
}
