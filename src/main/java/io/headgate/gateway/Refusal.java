package io.headgate.gateway;

import io.headgate.access.DeploymentPermission;
import io.headgate.token.RequestLimits;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// An answer of the gateway itself: what went wrong, the sentence for the caller, and headers that belong to it.
///
/// The sentence never repeats a header, a query or a body of the caller: it may end up in somebody's log.
///
/// @param link where a person can start again; empty if nowhere in particular
record Refusal(FailureMode mode, String detail, Map<String, String> headers, String link) {

    Refusal {
        headers = Map.copyOf(headers);
    }

    static Refusal of(FailureMode mode, String detail) {
        return new Refusal(mode, detail, Map.of(), "");
    }

    /// One and the same for a path without a row, a Deployment that is missing and one that is foreign.
    static Refusal notFound() {
        return of(FailureMode.NOT_FOUND, "Not Found");
    }

    static Refusal notAuthenticated() {
        return of(FailureMode.NOT_AUTHENTICATED, "Not authenticated").with("WWW-Authenticate", "Bearer");
    }

    static Refusal tokenRefused() {
        return of(FailureMode.TOKEN_REFUSED, "Not authenticated: the token is not valid")
                .with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    static Refusal tokenExpired(Instant endedAt) {
        return of(FailureMode.TOKEN_EXPIRED, "Not authenticated: the token expired at " + endedAt)
                .with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    static Refusal permissionMissing(Collection<DeploymentPermission> missing) {
        return of(FailureMode.PERMISSION_MISSING, "Forbidden: this needs " + joined(missing, " and "))
                .with(
                        "WWW-Authenticate",
                        "Bearer error=\"insufficient_scope\", scope=\"%s\"".formatted(joined(missing, " ")));
    }

    static Refusal neverForwarded() {
        return of(FailureMode.NEVER_FORWARDED, "Forbidden: this part of Airflow is not reachable through Headgate")
                .with("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
    }

    static Refusal retryLater(FailureMode mode, String detail, int seconds) {
        return of(mode, detail).with("Retry-After", Integer.toString(seconds));
    }

    static Refusal tooMany(FailureMode mode, String detail, RequestLimits.Excess excess) {
        return of(mode, "%s: at most %d a second".formatted(detail, excess.perSecond()))
                .with("Retry-After", Long.toString(excess.retryAfterSeconds()));
    }

    /// Whether it refuses a credential that was presented.
    boolean refusesCredential() {
        return mode == FailureMode.TOKEN_REFUSED || mode == FailureMode.TOKEN_EXPIRED;
    }

    Refusal with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Refusal(mode, detail, more, link);
    }

    Refusal linkedTo(String address) {
        return new Refusal(mode, detail, headers, address);
    }

    private static String joined(Collection<DeploymentPermission> permissions, String separator) {
        return permissions.stream().map(DeploymentPermission::wireName).sorted().collect(Collectors.joining(separator));
    }
}
