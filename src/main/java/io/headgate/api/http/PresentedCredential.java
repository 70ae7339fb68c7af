package io.headgate.api.http;

import io.headgate.token.TokenValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How a request presents a credential, read from its headers and query only.
///
/// Accepted is one form: exactly one `Authorization` header with the scheme `Bearer` and one token (items 12, 16).
sealed interface PresentedCredential {
    String QUERY_PARAMETER = "access_token";

    /// Nothing that could be checked: no header, another scheme, or no text after the scheme.
    record Missing() implements PresentedCredential {}

    /// The one accepted form; the text is what follows `Bearer `, unchecked.
    record Bearer(String text) implements PresentedCredential {
        @Override
        public String toString() {
            return "Bearer[***]";
        }
    }

    /// Two headers, or several credentials in one.
    record Several() implements PresentedCredential {}

    /// A credential in the query, where servers and proxies write it to their logs.
    record InQuery() implements PresentedCredential {}

    static PresentedCredential of(List<String> authorization, Map<String, List<String>> query) {
        if (isInQuery(query)) {
            return new InQuery();
        }
        if (authorization.isEmpty()) {
            return new Missing();
        }
        String header = authorization.getFirst().strip();
        // no credential of ours contains a comma; a list is two headers joined by a proxy
        if (authorization.size() > 1 || header.indexOf(',') >= 0) {
            return new Several();
        }
        int space = header.indexOf(' ');
        if (space < 0 || !header.substring(0, space).toLowerCase(Locale.ROOT).equals("bearer")) {
            return new Missing();
        }
        return new Bearer(header.substring(space + 1).strip());
    }

    private static boolean isInQuery(Map<String, List<String>> query) {
        return query.entrySet().stream()
                .anyMatch(parameter -> parameter.getKey().equalsIgnoreCase(QUERY_PARAMETER)
                        || TokenValue.isHeldBy(parameter.getKey())
                        || parameter.getValue().stream().anyMatch(TokenValue::isHeldBy));
    }
}
