package io.headgate.gateway;

import java.util.SortedSet;

/// What the route table says about a method and a path.
sealed interface RouteMatch {

    /// This row decides.
    record Found(Route route) implements RouteMatch {}

    /// The path exists, for these methods.
    record WrongMethod(SortedSet<String> allowed) implements RouteMatch {}

    /// An escaped slash makes the path mean one row to us and perhaps another to Airflow.
    record Ambiguous() implements RouteMatch {}

    /// Nothing is known: refused.
    record NoRoute() implements RouteMatch {}
}
