package io.headgate.token;

import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.Limiter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// How often a token may ask, and how often a source may present credentials that are refused (C3, items 39 and 41).
///
/// Each token and verb counts for itself, so nobody's noise slows others. A source that is over its limit is told so
/// instead of 401; a good token is let in from there all the same, or strangers behind the same address could lock it
/// out.
public final class RequestLimits {
    private static final int API_READS = 25;
    private static final int API_WRITES = 10;
    private static final int API_DELETIONS = 5;
    private static final int GATEWAY = 100;
    private static final int GATEWAY_BURST = 200;
    private static final int FAILURES = 5;
    private static final int FAILURES_BURST = 50;

    private final boolean enforced;
    private final Limit<ApiTokenId> reads;
    private final Limit<ApiTokenId> writes;
    private final Limit<ApiTokenId> deletions;
    private final Limit<ApiTokenId> gateway;
    private final Limit<String> failures;

    private RequestLimits(boolean enforced, LongSupplier nanos) {
        this.enforced = enforced;
        this.reads = Limit.of(API_READS, API_READS, nanos);
        this.writes = Limit.of(API_WRITES, API_WRITES, nanos);
        this.deletions = Limit.of(API_DELETIONS, API_DELETIONS, nanos);
        this.gateway = Limit.of(GATEWAY, GATEWAY_BURST, nanos);
        this.failures = Limit.of(FAILURES, FAILURES_BURST, nanos);
    }

    /// Those of the contract: 25 reads, 10 writes and 5 deletions a second on the API, 100 requests and bursts of 200
    /// on
    /// the gateway, 5 refused credentials a second and bursts of 50 from one source.
    ///
    /// @param nanos a clock that never jumps
    public static RequestLimits standard(LongSupplier nanos) {
        return new RequestLimits(true, nanos);
    }

    /// None at all.
    public static RequestLimits none() {
        return new RequestLimits(false, System::nanoTime);
    }

    private record Limit<K>(int perSecond, Limiter<K> limiter) {
        static <K> Limit<K> of(int perSecond, int burst, LongSupplier nanos) {
            return new Limit<>(perSecond, new Limiter<>(Duration.ofSeconds(1).dividedBy(perSecond), burst, nanos));
        }
    }

    /// A request too many.
    ///
    /// @param perSecond how many are allowed
    /// @param until one more will be
    public record Excess(int perSecond, Duration until) {
        /// In whole seconds, at least one (RFC 9110 §10.2.3).
        public long retryAfterSeconds() {
            return Math.max(1, until.plusSeconds(1).minusNanos(1).toSeconds());
        }
    }

    /// Counts a request to the API; empty if it is within the limit.
    public Optional<Excess> api(String method, ApiTokenId token) {
        return excess(byMethod(method), token);
    }

    /// Counts a request to the gateway; empty if it is within the limit.
    public Optional<Excess> gateway(ApiTokenId token) {
        return excess(gateway, token);
    }

    /// Counts a credential that was refused, at the API and at the gateway together; empty if it is within the limit.
    ///
    /// @param address of the client; of IPv6 the first 64 bits count, for whoever has one of those has all
    public Optional<Excess> failure(String address) {
        return excess(failures, source(address));
    }

    private <K> Optional<Excess> excess(Limit<K> limit, K key) {
        return enforced ? limit.limiter().take(key).map(wait -> new Excess(limit.perSecond(), wait)) : Optional.empty();
    }

    private Limit<ApiTokenId> byMethod(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS" -> reads;
            case "DELETE" -> deletions;
            default -> writes;
        };
    }

    private static String source(String address) {
        String[] groups = address.split(":", -1);
        return groups.length < 5 ? address : String.join(":", groups[0], groups[1], groups[2], groups[3]);
    }
}
