package io.headgate.gateway;

import io.headgate.access.Caller;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

/// Where a request came from, as it may be recorded: what the client says of itself is bounded, and never a token.
final class RequestOrigin {
    private static final int USER_AGENT_MAX = 256;
    private static final int CLIENT_MAX = 64;
    private static final int PATH_MAX = 512;

    private RequestOrigin() {}

    static Caller.Origin of(HttpRequest request, String requestId, String address) {
        return new Caller.Origin(requestId, address, header(request, HttpHeaderNames.USER_AGENT, USER_AGENT_MAX));
    }

    /// With what was asked for besides, without its query, and the client's own name (U4).
    static Caller.Origin withTarget(HttpRequest request, String requestId, String address) {
        String target = request.uri();
        int query = target.indexOf('?');
        return new Caller.Origin(
                requestId,
                address,
                header(request, HttpHeaderNames.USER_AGENT, USER_AGENT_MAX),
                new Caller.Client(
                        header(request, "X-Astro-Client-Identifier", CLIENT_MAX),
                        header(request, "X-Astro-Client-Version", CLIENT_MAX),
                        header(request, "X-Client-Os-Identifier", CLIENT_MAX)),
                request.method().name(),
                shown(query < 0 ? target : target.substring(0, query), PATH_MAX));
    }

    private static String header(HttpRequest request, CharSequence name, int max) {
        return shown(request.headers().get(name, ""), max);
    }

    private static String shown(String text, int max) {
        if (ExposedToken.inText(text)) {
            return "***";
        }
        return text.chars()
                .filter(character -> !Character.isISOControl(character) && !Character.isSurrogate((char) character))
                .limit(max)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
