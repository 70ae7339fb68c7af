package io.headgate.gateway;

import java.util.ArrayList;
import java.util.List;

/// What a request asks for: the bytes that are forwarded unchanged, and the path as Airflow will understand it.
///
/// Airflow's server decodes percent escapes once and then routes, so authorisation does exactly the same; what
/// two readers could understand differently is refused instead of repaired (`//`, dot segments, backslashes,
/// control characters, malformed escapes, bytes outside ASCII, escapes that are not UTF-8). An escaped separator
/// (`%2F`, `%5C`) is only noted here: it is data in some rows of the {@link RouteTable} and an attack in all
/// others. `;` and `+` mean themselves.
///
/// @param forwarded path and query, byte for byte as they came
/// @param namespace the first segment, decoded
/// @param segments the decoded segments after the namespace; a trailing slash makes a last one that is empty
/// @param escapedSeparatorAt the first of the segments that holds an escaped separator, or -1
record RequestTarget(String forwarded, String query, String namespace, List<String> segments, int escapedSeparatorAt) {

    RequestTarget {
        segments = List.copyOf(segments);
    }

    /// What reading a target gives.
    sealed interface Reading {}

    /// It can be understood in one way only.
    record Understood(RequestTarget target) implements Reading {}

    /// It cannot, for this reason.
    record Unclear(String reason) implements Reading {}

    /// Reads the target of a request whose `Host` header has the given value (absolute-form must agree with it).
    static Reading read(String raw, String host) {
        String origin = raw;
        if (!raw.startsWith("/")) {
            String prefix = "http://" + host;
            if (!raw.regionMatches(true, 0, prefix, 0, prefix.length()) || !raw.startsWith("/", prefix.length())) {
                return new Unclear("the request target must be a path on this host");
            }
            origin = raw.substring(prefix.length());
        }
        for (int i = 0; i < origin.length(); i++) {
            char c = origin.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return new Unclear("the request target holds a character that must be percent-encoded");
            }
        }
        int question = origin.indexOf('?');
        String path = question < 0 ? origin : origin.substring(0, question);
        String query = question < 0 ? "" : origin.substring(question + 1);
        return readPath(origin, path, query);
    }

    /// The segments as Airflow's router sees them: split after decoding.
    List<String> segmentsAfterDecoding() {
        return escapedSeparatorAt < 0
                ? segments
                : List.of(String.join("/", segments).split("/", -1));
    }

    private static Reading readPath(String origin, String path, String query) {
        if (path.indexOf('\\') >= 0) {
            return new Unclear("a backslash in the path");
        }
        String[] raw = path.substring(1).split("/", -1);
        List<String> segments = new ArrayList<>(raw.length);
        int escapedSeparatorAt = -1;
        for (int i = 0; i < raw.length; i++) {
            if (raw[i].isEmpty() && i < raw.length - 1) {
                return new Unclear("an empty segment (//) in the path");
            }
            switch (PathSegment.decode(raw[i])) {
                case PathSegment.Undecodable(String reason) -> {
                    return new Unclear(reason);
                }
                case PathSegment.Decoded(String text, boolean separator) -> {
                    if (separator && i == 0) {
                        return new Unclear("an escaped slash in the path");
                    }
                    if (separator && escapedSeparatorAt < 0) {
                        escapedSeparatorAt = i - 1;
                    }
                    segments.add(text);
                }
            }
        }
        return new Understood(new RequestTarget(
                origin, query, segments.getFirst(), segments.subList(1, segments.size()), escapedSeparatorAt));
    }
}
