package io.headgate.gateway;

/// One row of the route table.
///
/// @param template the path below the namespace, e.g. `/api/v2/dags/{dag_id}`; this is what logs name
/// @param tailAt segment at which a greedy tail that may hold escaped slashes begins; `NO_TAIL` if there is none
record Route(String template, Requirement requirement, Pace pace, int tailAt) {
    static final int NO_TAIL = Integer.MAX_VALUE;

    /// How long its responses may be silent.
    enum Pace {
        ORDINARY,
        STREAM
    }
}
