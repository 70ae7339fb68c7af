package io.headgate.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of one method: a literal segment beats a parameter, a parameter beats a greedy tail, left to right.
///
/// For Airflow 3.3.2 this gives the same permission as its own first-registered-wins order for every path.
final class RouteTree {
    private final Node root = new Node();

    /// Adds a row whose segments are literals, `{name}`, or last of all `{name:path}`.
    void add(List<String> segments, Route route) {
        Node node = root;
        for (String segment : segments) {
            if (segment.endsWith(":path}")) {
                node.tail = route;
                return;
            }
            node = segment.startsWith("{") ? node.parameter() : node.literals.computeIfAbsent(segment, _ -> new Node());
        }
        node.here = route;
    }

    Optional<Route> match(List<String> segments) {
        return Optional.ofNullable(find(root, segments, 0));
    }

    private static @Nullable Route find(Node node, List<String> segments, int at) {
        if (at == segments.size()) {
            return node.here;
        }
        String segment = segments.get(at);
        Node literal = node.literals.get(segment);
        Route found = literal == null ? null : find(literal, segments, at + 1);
        // An empty segment is a trailing slash: it is no value of a parameter and no beginning of a tail.
        if (found == null && node.parameter != null && !segment.isEmpty()) {
            found = find(node.parameter, segments, at + 1);
        }
        return found == null && !segment.isEmpty() ? node.tail : found;
    }

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private @Nullable Node parameter;
        private @Nullable Route here;
        private @Nullable Route tail;

        private Node parameter() {
            Node existing = parameter;
            if (existing == null) {
                existing = new Node();
                parameter = existing;
            }
            return existing;
        }
    }
}
