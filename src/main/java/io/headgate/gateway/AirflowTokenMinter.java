package io.headgate.gateway;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.Subject;
import io.headgate.deployment.AirflowTokenSigning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Makes the short JWT by which Airflow recognises the gateway and learns who asks and what they may do.
///
/// A token is used again for part of its life, which is why {@link #REUSED_FOR} is well below {@link #LIFE}: what is
/// handed out is good for at least half a minute, and Airflow checks only when a request begins.
///
/// Not thread-safe: each event loop has its own.
final class AirflowTokenMinter {
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final Duration REUSED_FOR = Duration.ofSeconds(30);

    /// About 2 KiB each; enough for the callers that are active in one half minute.
    private static final int CACHED_MAX = 1024;

    private final Clock clock;
    private final Map<Key, Minted> cache = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Minted> eldest) {
            return size() > CACHED_MAX;
        }
    };

    AirflowTokenMinter(Clock clock) {
        this.clock = clock;
    }

    String mint(Passage passage) {
        Instant now = clock.instant();
        AirflowTokenSigning signing = passage.upstream().signing();
        Key key = new Key(passage.subject().id(), who(passage.subject()), signing, passage.held());
        Minted known = cache.get(key);
        if (known != null && now.isBefore(known.reusableUntil()) && !now.isBefore(known.mintedAt())) {
            return known.token();
        }
        Minted fresh = new Minted(signing.token(key.who(), key.permissions(), now, LIFE), now, now.plus(REUSED_FOR));
        cache.put(key, fresh);
        return fresh.token();
    }

    private static String who(Subject subject) {
        return switch (subject) {
            case Subject.ApiToken token -> "token:" + token.name();
            case Subject.User user -> user.email();
            case Subject.LocalAdministrator administrator -> administrator.id();
        };
    }

    /// The secret compares by identity, so a Deployment whose secret was replaced never gets an old token.
    private record Key(
            String subject, String who, AirflowTokenSigning signing, Set<DeploymentPermission> permissions) {}

    private record Minted(String token, Instant mintedAt, Instant reusableUntil) {}
}
