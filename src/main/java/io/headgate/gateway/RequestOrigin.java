package io.headgate.gateway;

import io.headgate.access.Caller;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

/// Where a request came from, as it may be recorded: what the client says of itself is bounded, and never a token.
final class RequestOrigin {
    private static final int USER_AGENT_MAX = 256;

    private RequestOrigin() {}

    static Caller.Origin of(HttpRequest request, String requestId, String address) {
        return new Caller.Origin(requestId, address, shown(request.headers().get(HttpHeaderNames.USER_AGENT, "")));
    }

    private static String shown(String userAgent) {
        if (ExposedToken.inText(userAgent)) {
            return "***";
        }
        return userAgent
                .chars()
                .filter(character -> !Character.isISOControl(character) && !Character.isSurrogate((char) character))
                .limit(USER_AGENT_MAX)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
