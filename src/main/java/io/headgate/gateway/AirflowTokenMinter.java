package io.headgate.gateway;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.headgate.access.DeploymentPermission;
import io.headgate.access.Subject;
import io.headgate.deployment.DeploymentRoute.AirflowTokenSigning;
import io.headgate.kernel.ApiTokenId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes the short JWT by which Airflow recognises the gateway and learns who asks and what they may do.
///
/// `sub` becomes the name in Airflow's audit log. There is no `jti`: with one, Airflow would query its table of
/// revoked tokens on every request. A token is used again for part of its life, which is why {@link #REUSED_FOR}
/// is well below {@link #LIFE}: what is handed out is good for at least half a minute, and Airflow checks only
/// when a request begins.
///
/// Not thread-safe: each event loop has its own.
final class AirflowTokenMinter {
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final Duration REUSED_FOR = Duration.ofSeconds(30);

    /// About 2 KiB each; enough for the callers that are active in one half minute.
    private static final int CACHED_MAX = 1024;

    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER =
            BASE64_URL.encodeToString("{\"alg\":\"HS512\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

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
        Key key = new Key(passage.tokenId(), who(passage.subject()), signing, passage.held());
        Minted known = cache.get(key);
        if (known != null && now.isBefore(known.reusableUntil()) && !now.isBefore(known.mintedAt())) {
            return known.token();
        }
        Minted fresh = new Minted(sign(key, now), now, now.plus(REUSED_FOR));
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

    private static String sign(Key key, Instant now) {
        long seconds = now.getEpochSecond();
        String permissions = key.permissions().stream()
                .map(DeploymentPermission::wireName)
                .sorted()
                .map(AirflowTokenMinter::quoted)
                .collect(Collectors.joining(",", "[", "]"));
        String claims = "{\"sub\":%s,\"aud\":%s,\"iss\":%s,\"iat\":%d,\"nbf\":%d,\"exp\":%d,\"permissions\":%s}"
                .formatted(
                        quoted(key.who()),
                        quoted(key.signing().audience()),
                        quoted(key.signing().issuer()),
                        seconds,
                        seconds,
                        seconds + LIFE.toSeconds(),
                        permissions);
        String signed = HEADER + "." + BASE64_URL.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(
                    key.signing().secret().reveal().getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return signed + "." + BASE64_URL.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA512", impossible);
        }
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    /// The secret compares by identity, so a Deployment whose secret was replaced never gets an old token.
    private record Key(
            ApiTokenId tokenId, String who, AirflowTokenSigning signing, Set<DeploymentPermission> permissions) {}

    private record Minted(String token, Instant mintedAt, Instant reusableUntil) {}
}
