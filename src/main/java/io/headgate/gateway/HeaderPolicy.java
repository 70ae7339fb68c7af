package io.headgate.gateway;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What of a message's headers passes through, in each direction. Framing is not copied but set anew by who
/// relays.
///
/// Towards Airflow:
/// 1. Hop-by-hop headers stay here (RFC 9110 §7.6.1): the fixed ones and those that `Connection` names.
/// 2. So do the caller's credentials and cookies, and everything by which a caller could pretend to be a proxy,
///    another person, or another request than the one that was authorised. A name with `_` counts as the one with
///    `-`: plugin pages are WSGI, where both become the same variable.
/// 3. `Host` stays what the caller sent: it has been checked against {@link KnownHosts}, and Airflow builds
///    redirects from it. `X-Forwarded-Proto` is ours. There is no `X-Forwarded-For`: Airflow uses no address, its
///    plugins need not learn any.
///
/// Towards the caller: hop-by-hop headers, cookies and the server's name stay here. Airflow sets no cookie that a
/// caller of the gateway could use, and one that a plugin sets would reach other Deployments on the same host.
final class HeaderPolicy {
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "content-length",
            "upgrade",
            "http2-settings",
            "expect");

    private static final Set<String> NEVER_TO_AIRFLOW = Set.of(
            "authorization",
            "cookie",
            "cookie2",
            "host",
            "forwarded",
            "x-real-ip",
            "x-request-id",
            "true-client-ip",
            "remote-user",
            "x-remote-user",
            "x-original-url",
            "x-rewrite-url",
            "x-http-method-override",
            "x-method-override");

    private static final List<String> NEVER_TO_AIRFLOW_PREFIXES = List.of("x-forwarded-", "x-headgate-", "proxy-");

    private static final Set<String> NEVER_TO_CALLER = Set.of("set-cookie", "set-cookie2", "server", "x-request-id");

    private static final List<String> NEVER_TO_CALLER_PREFIXES = List.of("x-headgate-", "proxy-");

    private HeaderPolicy() {}

    /// A copy for Airflow, without credential; the caller of this method adds that, `Host` and the framing.
    static HttpHeaders towardsAirflow(HttpHeaders headers) {
        return kept(headers, NEVER_TO_AIRFLOW, NEVER_TO_AIRFLOW_PREFIXES);
    }

    /// A copy for the caller; the caller of this method adds the framing.
    static HttpHeaders towardsCaller(HttpHeaders headers) {
        return kept(headers, NEVER_TO_CALLER, NEVER_TO_CALLER_PREFIXES);
    }

    private static HttpHeaders kept(HttpHeaders headers, Set<String> dropped, List<String> droppedPrefixes) {
        Set<String> named = namedByConnection(headers);
        HttpHeaders kept = new DefaultHttpHeaders();
        for (Map.Entry<String, String> header : headers) {
            String name = canonical(header.getKey());
            boolean drop = HOP_BY_HOP.contains(name)
                    || dropped.contains(name)
                    || named.contains(name)
                    || droppedPrefixes.stream().anyMatch(name::startsWith);
            if (!drop) {
                kept.add(header.getKey(), header.getValue());
            }
        }
        return kept;
    }

    private static Set<String> namedByConnection(HttpHeaders headers) {
        List<String> values = headers.getAll(HttpHeaderNames.CONNECTION);
        if (values.isEmpty()) {
            return Set.of();
        }
        Set<String> named = new HashSet<>();
        for (String value : values) {
            for (String name : value.split(",", -1)) {
                named.add(canonical(name.strip()));
            }
        }
        return named;
    }

    private static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
