package io.headgate.web;

import io.headgate.access.Caller;
import io.headgate.token.TokenValue;
import java.util.List;
import java.util.function.Function;

/// What a client says about itself and its request, made fit for the audit log: bounded, one line, nothing invisible,
/// and
/// never a credential (contract §1.11, U4). None of it is believed.
final class SelfDescription {
    private static final int USER_AGENT_MAX = 256;
    private static final int CLIENT_MAX = 64;
    private static final int PATH_MAX = 512;
    private static final String ONE_TIME_LINK = "/first-sign-in/";

    private SelfDescription() {}

    static String userAgent(List<String> header) {
        return shortened(header, USER_AGENT_MAX);
    }

    /// @param headers the values of a header by its name
    static Caller.Client client(Function<String, List<String>> headers) {
        return new Caller.Client(
                shortened(headers.apply("X-Astro-Client-Identifier"), CLIENT_MAX),
                shortened(headers.apply("X-Astro-Client-Version"), CLIENT_MAX),
                shortened(headers.apply("X-Client-Os-Identifier"), CLIENT_MAX));
    }

    /// The code of a one-time link is all of its credential.
    static String path(String path) {
        return path.startsWith(ONE_TIME_LINK) ? ONE_TIME_LINK + "***" : shortened(List.of(path), PATH_MAX);
    }

    private static String shortened(List<String> values, int max) {
        String text = String.join(" ", values);
        if (TokenValue.isHeldBy(text)) {
            return "***";
        }
        return text.codePoints()
                .filter(TextRule::isPrintable)
                .limit(max)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
