package io.headgate.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a well-formed message may still not ask of a proxy.
final class MessageRules {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private MessageRules() {}

    static Optional<Refusal> objection(HttpRequest request) {
        if (!METHODS.contains(request.method().name())) {
            return Optional.of(Refusal.of(FailureMode.METHOD_NOT_ALLOWED, "Method Not Allowed")
                    .with("Allow", String.join(", ", METHODS.stream().sorted().toList())));
        }
        HttpHeaders headers = request.headers();
        String upgrade = headers.get(HttpHeaderNames.UPGRADE, "").toLowerCase(Locale.ROOT);
        // h2c is an offer that a server may pass over (RFC 9110 §7.8); Java's HttpClient makes it by default.
        if (!upgrade.isEmpty() && !upgrade.equals("h2c")) {
            return Optional.of(Refusal.of(FailureMode.UPGRADE_REFUSED, "Refused: no other protocol is spoken here"));
        }
        if (headers.contains(HttpHeaderNames.EXPECT) && !expectsContinue(headers)) {
            return Optional.of(Refusal.of(FailureMode.EXPECTATION_FAILED, "only 100-continue can be expected"));
        }
        return Optional.empty();
    }

    /// What is wrong with the announced length of a body that is to be forwarded.
    static Optional<Refusal> lengthObjection(HttpRequest request, GatewaySettings.Limits limits) {
        return HttpUtil.getContentLength(request, 0L) > limits.bodyBytes()
                ? Optional.of(bodyTooLarge(limits.bodyBytes()))
                : Optional.empty();
    }

    static Refusal bodyTooLarge(int limit) {
        return Refusal.of(FailureMode.BODY_TOO_LARGE, "a request may hold at most %d bytes".formatted(limit));
    }

    /// What did not arrive in time.
    static Refusal late(String part) {
        return Refusal.of(FailureMode.REQUEST_TIMEOUT, "the %s of the request did not arrive in time".formatted(part));
    }

    static boolean expectsContinue(HttpHeaders headers) {
        return "100-continue".equalsIgnoreCase(headers.get(HttpHeaderNames.EXPECT));
    }

    static boolean isSpoken(HttpVersion version) {
        return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
    }

    /// Whether a refused request is over soon enough to keep the connection.
    static boolean hasSmallBody(HttpRequest request, GatewaySettings.Limits limits) {
        return !HttpUtil.isTransferEncodingChunked(request)
                && HttpUtil.getContentLength(request, 0L) <= limits.discardedBytes();
    }

    /// Whether a person's browser asks for a page; `*/*` does not, because programs send it.
    static boolean wantsHtml(HttpHeaders headers) {
        for (String accept : headers.getAll(HttpHeaderNames.ACCEPT)) {
            for (String range : accept.split(",", -1)) {
                String[] parts = range.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
                if (parts[0].equals("text/html") && !refusedByWeight(parts)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean refusedByWeight(String[] parts) {
        for (String part : parts) {
            if (part.matches("q=0(\\.0*)?")) {
                return true;
            }
        }
        return false;
    }
}
