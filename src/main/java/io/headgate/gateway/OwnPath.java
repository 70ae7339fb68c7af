package io.headgate.gateway;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Where a browser may be led after signing on: a path of the Deployment it signs on to and nothing else, or every link
/// to a sign-on could lead anywhere.
final class OwnPath {
    /// Twice encoded it still fits into a request line that the control plane reads.
    private static final int ENCODED_MAX = 1024;

    private OwnPath() {}

    /// The wanted path if it is one; otherwise the Deployment's first page.
    static String below(String namespace, String wanted) {
        return isBelow(namespace, wanted) ? wanted : home(namespace);
    }

    static String home(String namespace) {
        return "/" + namespace + "/";
    }

    private static boolean isBelow(String namespace, String wanted) {
        return wanted.startsWith(home(namespace))
                && wanted.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != '"' && c != '#')
                && URLEncoder.encode(wanted, StandardCharsets.UTF_8).length() <= ENCODED_MAX
                && RequestTarget.read(wanted, "") instanceof RequestTarget.Understood(RequestTarget target)
                && target.namespace().equals(namespace)
                && !target.query().contains("//")
                && !SignOn.isOwn(target.segmentsAfterDecoding())
                && !ExposedToken.inQuery(target.query());
    }

    /// The first value of a parameter of a query, decoded; empty if there is none that can be read.
    static String parameter(String query, String name) {
        try {
            List<String> values =
                    new QueryStringDecoder(query, false).parameters().getOrDefault(name, List.of());
            return values.isEmpty() ? "" : values.getFirst();
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
