package io.headgate.gateway;

import io.headgate.token.TokenValue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Finds a credential where it must not be: in a URL, or in a header other than `Authorization`.
///
/// URLs end up in logs, histories and `Referer` headers, so a token found in one is refused even if it is valid
/// (RFC 6750 §2.3). Airflow's own `token=` of the logs route is no credential of ours and does not match.
final class ExposedToken {
    /// Looser than {@link TokenValue#EXPRESSION}, because a damaged or cut value is exposed all the same. The JOSE
    /// header of
    /// a token is short; the bound keeps a header full of prefixes from costing a search each.
    private static final Pattern TOKEN =
            Pattern.compile(TokenValue.PREFIX + "[A-Za-z0-9_-]{0,256}+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private ExposedToken() {}

    static boolean inText(String text) {
        return text.contains(TokenValue.PREFIX) && TOKEN.matcher(text).find();
    }

    /// `rawQuery` is what follows `?`, still encoded.
    static boolean inQuery(String rawQuery) {
        if (rawQuery.isEmpty()) {
            return false;
        }
        if (inText(rawQuery) || inText(decodedLeniently(rawQuery))) {
            return true;
        }
        // Python splits at & only; other servers also at ;, and refusing more is harmless here.
        for (String parameter : rawQuery.split("[&;]", -1)) {
            int equals = parameter.indexOf('=');
            String name = decodedLeniently(equals < 0 ? parameter : parameter.substring(0, equals));
            if (name.strip().equalsIgnoreCase("access_token")) {
                return true;
            }
        }
        return false;
    }

    private static String decodedLeniently(String encoded) {
        if (encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0) {
            return encoded;
        }
        // A percent sign that starts no escape stands for itself, as in Python's unquote.
        String repaired = encoded.replaceAll("%(?![0-9a-fA-F]{2})", "%25");
        return URLDecoder.decode(repaired, StandardCharsets.UTF_8);
    }
}
