package io.headgate.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The credential of a request: one, in the one place where it belongs (RFC 6750 §2).
///
/// A request with two is refused even if both are good: the gateway and whoever reads a log must never have to
/// guess which one counted. Cookies are no part of this: {@link SignOn} looks at them, at the origins where they count,
/// and
/// only if there is nothing here.
sealed interface PresentedCredential {

    /// The text after `Bearer `.
    record Bearer(String value) implements PresentedCredential {
        @Override
        public String toString() {
            return "Bearer[***]";
        }
    }

    /// None, or one of a scheme that is not spoken here.
    record Missing() implements PresentedCredential {}

    /// More than one.
    record Several() implements PresentedCredential {}

    /// One that stands where tokens must not stand.
    record Misplaced() implements PresentedCredential {}

    Pattern AUTHORIZATION = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*)");

    /// Headers by which other products take a token; with a Bearer beside them it is unclear which was meant.
    Set<String> RIVALS = Set.of("X-API-Key", "API-Key", "X-Auth-Token", "X-Access-Token");

    static PresentedCredential in(HttpHeaders headers) {
        List<String> authorizations = headers.getAll(HttpHeaderNames.AUTHORIZATION);
        for (Map.Entry<String, String> header : headers) {
            if (!header.getKey().equalsIgnoreCase("Authorization") && ExposedToken.inText(header.getValue())) {
                return authorizations.isEmpty() ? new Misplaced() : new Several();
            }
        }
        if (authorizations.isEmpty()) {
            return new Missing();
        }
        String authorization = authorizations.getFirst();
        boolean rival = RIVALS.stream().anyMatch(headers::contains);
        if (authorizations.size() > 1 || authorization.indexOf(',') >= 0 || rival) {
            return new Several();
        }
        Matcher bearer = AUTHORIZATION.matcher(authorization);
        return bearer.matches() ? new Bearer(bearer.group(1)) : new Missing();
    }
}
