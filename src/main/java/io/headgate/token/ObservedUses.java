package io.headgate.token;

import io.headgate.access.Caller;
import io.headgate.access.Subject;
import io.headgate.kernel.ApiTokenId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What the edges see of tokens that we know: which client used one, and how often one was refused (U8). In memory and
/// never blocking; {@link RefusalLog} and {@link LastUses} write it down.
///
/// Refusals are counted by token, reason, address and minute. Beyond {@value #COUNTED_MAX} of those at a time,
/// addresses
/// are no longer told apart: whoever has many must not fill our memory.
public final class ObservedUses {
    static final int COUNTED_MAX = 10_000;

    /// In characters.
    private static final int CLIENT_MAX = 64;

    private static final String MANY_ADDRESSES = "many";

    private final Clock clock;
    private final Map<ApiTokenId, String> clients = new ConcurrentHashMap<>();
    private final Map<Counted, Tally> refusals = new ConcurrentHashMap<>();

    public ObservedUses(Clock clock) {
        this.clock = clock;
    }

    /// Why a token that we know did not get what it asked for.
    public enum Reason {
        /// The right value, past its end.
        EXPIRED,
        /// A value that was rotated away, or whose token was deleted.
        RETIRED,
        /// It may see the object but not do this: 403.
        NOT_PERMITTED,
        /// An object that it may not see, or that does not exist: 404.
        NOT_VISIBLE
    }

    /// Who turned it down.
    public enum Edge {
        API,
        GATEWAY
    }

    /// One refused use.
    public record Refusal(ApiTokenId tokenId, Reason reason) {}

    /// What one count is of.
    public record Counted(ApiTokenId tokenId, Reason reason, String address, Instant minute) {}

    /// How often, and the last of them.
    public record Tally(long uses, Edge edge, String requestId, String userAgent) {}

    /// A count and what it is of.
    public record Entry(Counted counted, Tally tally) {}

    /// Counts a refused use.
    public void refused(Refusal refusal, Edge edge, Caller.Origin origin) {
        Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        Counted exact = new Counted(refusal.tokenId, refusal.reason, origin.address(), minute);
        Counted counted = refusals.size() < COUNTED_MAX || refusals.containsKey(exact)
                ? exact
                : new Counted(refusal.tokenId, refusal.reason, MANY_ADDRESSES, minute);
        add(counted, new Tally(1, edge, origin.requestId(), origin.userAgent()));
    }

    /// Notes which client an accepted request came from; what is no token is none of ours.
    public void used(Subject subject, Caller.Origin origin) {
        if (subject instanceof Subject.ApiToken token) {
            String client = label(origin);
            if (!client.isEmpty() && !client.equals(clients.get(token.apiTokenId()))) {
                clients.put(token.apiTokenId(), client);
            }
        }
    }

    /// The client that used a token last, since the start of this process.
    Optional<String> client(ApiTokenId id) {
        return Optional.ofNullable(clients.get(id));
    }

    /// Takes all counts away.
    public List<Entry> drain() {
        List<Entry> entries = new ArrayList<>();
        for (Counted counted : List.copyOf(refusals.keySet())) {
            Tally tally = refusals.remove(counted);
            if (tally != null) {
                entries.add(new Entry(counted, tally));
            }
        }
        return entries;
    }

    /// Puts back what could not be written down.
    void putBack(List<Entry> entries) {
        entries.forEach(entry -> add(entry.counted, entry.tally));
    }

    private void add(Counted counted, Tally more) {
        refusals.merge(
                counted,
                more,
                (before, now) -> new Tally(before.uses + now.uses, now.edge, now.requestId, now.userAgent));
    }

    private static String label(Caller.Origin origin) {
        Caller.Client client = origin.client();
        String text = client.name().isEmpty()
                ? origin.userAgent()
                : client.name() + (client.version().isEmpty() ? "" : "/" + client.version());
        return text.codePointCount(0, text.length()) <= CLIENT_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, CLIENT_MAX));
    }
}
