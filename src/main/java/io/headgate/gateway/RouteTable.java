package io.headgate.gateway;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which requests exist in one version of Airflow and what each demands; whatever has no row is refused.
///
/// Four rulings stand above the files: 1. {@link #NEVER_BELOW} is closed for every method, although Airflow would
/// serve its single page there. 2. Below `/api/v2` only the rows of the API count, so that a path unknown there
/// has no route.
/// 3. The single page answers any other path, but only to a GET that wants HTML and outside the parts that have
///    rows of their own; to a program a mistyped path is a 404. 4. HEAD is a method like any other: where Airflow
///    answers 405, so do we, and `Allow` names the methods that have rows.
final class RouteTable {
    private static final List<List<String>> NEVER_BELOW = List.of(
            List.of("ui", "auth", "token"), List.of("auth"), List.of("execution"), List.of("docs"), List.of("redoc"));

    /// Operations that go on until a DAG run or a task ends.
    private static final Set<String> STREAMS =
            Set.of("get_log", "wait_dag_run_until_finished", "get_grid_ti_summaries_stream");

    private static final List<String> API = List.of("api", "v2");
    private static final List<String> MOUNT_METHODS = List.of("GET", "HEAD");
    private static final Route CLOSED =
            new Route("/never", new Requirement.Never(), Route.Pace.ORDINARY, Route.NO_TAIL);

    private final Map<String, RouteTree> apiByMethod = new HashMap<>();
    private final Map<String, RouteTree> pagesByMethod = new HashMap<>();
    private final Set<String> partsWithRows = new HashSet<>();
    private final Route singlePage;

    private RouteTable(String airflowVersion) {
        for (List<String> row : RouteFile.read("/airflow/airflow-" + airflowVersion + "-routes.tsv", 7)
                .rows()) {
            List<String> segments = segments(row.get(1));
            int tailAt = row.get(1).endsWith(":path}") ? API.size() + segments.size() - 1 : Route.NO_TAIL;
            Route route = new Route(
                    "/api/v2" + row.get(1), Requirement.parse(row.get(4), row.get(6)), pace(row.get(2)), tailAt);
            tree(apiByMethod, row.get(0)).add(segments, route);
        }
        Route page = CLOSED;
        for (List<String> row : RouteFile.read("/airflow/airflow-" + airflowVersion + "-other-routes.tsv", 6)
                .rows()) {
            // An escaped slash is data nowhere outside the API: Airflow would route by what it decodes to.
            Route route = new Route(
                    row.get(1),
                    Requirement.parse(row.get(3).replaceFirst("^allow ", ""), ""),
                    pace(row.get(2)),
                    Route.NO_TAIL);
            List<String> segments = segments(row.get(1));
            partsWithRows.add(segments.getFirst());
            if (segments.getFirst().endsWith(":path}")) {
                page = route;
            } else if (row.get(0).equals("*")) {
                addMount(segments.getFirst(), route);
            } else {
                tree(pagesByMethod, row.get(0)).add(segments, route);
            }
        }
        singlePage = page;
        NEVER_BELOW.forEach(path -> partsWithRows.add(path.getFirst()));
    }

    /// The tables of all versions that the gateway knows, by version.
    static Map<String, RouteTable> byAirflowVersion() {
        return Map.of("3.3.2", new RouteTable("3.3.2"));
    }

    RouteMatch match(String method, RequestTarget target, boolean wantsHtml) {
        if (isNeverForwarded(target.segmentsAfterDecoding())) {
            return new RouteMatch.Found(CLOSED);
        }
        Optional<Route> found = find(method, target.segments(), wantsHtml);
        if (target.escapedSeparatorAt() >= 0) {
            return found.filter(route -> target.escapedSeparatorAt() >= route.tailAt())
                    .filter(route -> find(method, target.segmentsAfterDecoding(), wantsHtml)
                            .filter(route::equals)
                            .isPresent())
                    .<RouteMatch>map(RouteMatch.Found::new)
                    .orElseGet(RouteMatch.Ambiguous::new);
        }
        return found.<RouteMatch>map(RouteMatch.Found::new).orElseGet(() -> otherMethods(target, wantsHtml));
    }

    private static boolean isNeverForwarded(List<String> segments) {
        return NEVER_BELOW.stream()
                .anyMatch(path -> segments.size() >= path.size()
                        && segments.subList(0, path.size()).equals(path));
    }

    private Optional<Route> find(String method, List<String> segments, boolean wantsHtml) {
        if (segments.size() >= API.size() && segments.subList(0, API.size()).equals(API)) {
            return Optional.ofNullable(apiByMethod.get(method))
                    .flatMap(tree -> tree.match(segments.subList(API.size(), segments.size())));
        }
        Optional<Route> row = Optional.ofNullable(pagesByMethod.get(method)).flatMap(tree -> tree.match(segments));
        boolean page = wantsHtml
                && method.equals("GET")
                && (segments.isEmpty() || !partsWithRows.contains(segments.getFirst()));
        return row.or(() -> page ? Optional.of(singlePage) : Optional.empty());
    }

    private RouteMatch otherMethods(RequestTarget target, boolean wantsHtml) {
        SortedSet<String> allowed = new TreeSet<>();
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")) {
            find(method, target.segments(), wantsHtml)
                    .filter(route -> !(route.requirement() instanceof Requirement.Never))
                    .ifPresent(_ -> allowed.add(method));
        }
        return allowed.isEmpty() ? new RouteMatch.NoRoute() : new RouteMatch.WrongMethod(allowed);
    }

    /// `*` rows are mounts: everything below them. The closed ones are in {@link #NEVER_BELOW} already; the open
    /// one serves files.
    private void addMount(String part, Route route) {
        for (String method : MOUNT_METHODS) {
            RouteTree tree = tree(pagesByMethod, method);
            tree.add(List.of(part), route);
            tree.add(List.of(part, "{file:path}"), route);
        }
    }

    private static RouteTree tree(Map<String, RouteTree> byMethod, String method) {
        return byMethod.computeIfAbsent(method, _ -> new RouteTree());
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static Route.Pace pace(String operation) {
        return STREAMS.contains(operation) ? Route.Pace.STREAM : Route.Pace.ORDINARY;
    }
}
