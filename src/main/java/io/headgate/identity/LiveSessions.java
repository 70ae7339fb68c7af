package io.headgate.identity;

import io.headgate.kernel.SessionId;
import io.headgate.storage.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Every session there is, in memory: pages and gateway know a browser without a database, and one that was signed out
/// is unknown on the very next request.
///
/// Loaded whole at the start; until then, and after one could not be read again, nobody is signed in: fail closed.
public final class LiveSessions implements SessionLookup {
    private static final Logger LOG = Logger.getLogger(LiveSessions.class);

    private final Transactions transactions;
    private final SessionSeal seal;
    private final Clock clock;
    private final SessionStore store = new SessionStore();

    private final Map<String, SessionId> idBySeal = new ConcurrentHashMap<>();
    private final Map<SessionId, SessionStore.Sealed> byId = new ConcurrentHashMap<>();
    private final Map<SessionId, Instant> seen = new ConcurrentHashMap<>();
    private volatile boolean complete;

    public LiveSessions(Transactions transactions, SessionSeal seal, Clock clock) {
        this.transactions = transactions;
        this.seal = seal;
        this.clock = clock;
    }

    /// Reads all sessions unless that has been done; called at the start, and every few seconds in case it failed.
    public synchronized void load() {
        if (complete) {
            return;
        }
        List<SessionStore.Sealed> all = transactions.inTransaction(store::all);
        byId.clear();
        idBySeal.clear();
        all.forEach(this::put);
        complete = true;
    }

    /// The session of what a browser presents, if it goes on; counts as a use of it.
    public Optional<Session> find(String presented) {
        return id(presented).flatMap(this::find);
    }

    @Override
    public Optional<Session> find(SessionId id) {
        Optional<Session> found = peek(id);
        found.ifPresent(_ -> seen.put(id, clock.instant().truncatedTo(ChronoUnit.MINUTES)));
        return found;
    }

    /// As {@link #find(String)}, without counting as a use: for what an open page asks by itself.
    public Optional<Session> peek(String presented) {
        return id(presented).flatMap(this::peek);
    }

    /// As {@link #find(SessionId)}, without counting as a use.
    public Optional<Session> peek(SessionId id) {
        Instant now = clock.instant();
        return complete
                ? Optional.ofNullable(byId.get(id)).map(this::withLastUse).filter(session -> !session.endedBy(now))
                : Optional.empty();
    }

    /// Writes down when sessions were last used and removes those that have ended; called every few seconds.
    public void keep() {
        Map<SessionId, Instant> batch = new HashMap<>(seen);
        List<SessionId> ended = transactions.inTransaction(tx -> {
            if (!batch.isEmpty()) {
                store.seen(tx, batch);
            }
            return store.deleteEnded(tx, clock.instant());
        });
        ended.forEach(this::remove);
        batch.forEach((id, at) -> {
            byId.computeIfPresent(id, (_, row) -> later(row, at));
            seen.remove(id, at);
        });
    }

    /// Reads one session again; part of every transaction's end that touched it.
    void refresh(SessionId id) {
        synchronized (this) {
            try {
                transactions.inTransaction(tx -> store.find(tx, id)).ifPresentOrElse(this::put, () -> remove(id));
            } catch (RuntimeException e) {
                complete = false;
                LOG.error("a session could not be read again; nobody is signed in until the database answers", e);
            }
        }
    }

    private Optional<SessionId> id(String presented) {
        return seal.candidates(SessionSeal.Purpose.SECRET, presented).stream()
                .flatMap(candidate -> Optional.ofNullable(idBySeal.get(candidate)).stream())
                .findFirst();
    }

    private Session withLastUse(SessionStore.Sealed sealed) {
        return Optional.ofNullable(seen.get(sealed.session().id()))
                .map(at -> later(sealed, at).session())
                .orElseGet(sealed::session);
    }

    private static SessionStore.Sealed later(SessionStore.Sealed sealed, Instant at) {
        return at.isAfter(sealed.session().seenAt())
                ? new SessionStore.Sealed(sealed.seal(), sealed.session().seen(at))
                : sealed;
    }

    private void put(SessionStore.Sealed sealed) {
        byId.put(sealed.session().id(), sealed);
        idBySeal.put(sealed.seal(), sealed.session().id());
    }

    private void remove(SessionId id) {
        SessionStore.Sealed sealed = byId.remove(id);
        if (sealed != null) {
            idBySeal.remove(sealed.seal());
        }
        seen.remove(id);
    }
}
