package io.headgate.alert;

import java.util.List;

/// Which DAGs an alert is about (A6); case counts, `*` stands for every DAG.
public record DagPattern(Operator operator, List<String> values) {
    public static final int VALUES_MAX = 100;

    private static final String EVERY = "*";

    public DagPattern {
        values = List.copyOf(values);
    }

    /// How the id of a DAG is compared with the values.
    public enum Operator {
        /// It is one of them.
        IS,
        /// It is none of them.
        IS_NOT,
        /// It contains one of them.
        INCLUDES,
        /// It contains none of them.
        EXCLUDES
    }

    public boolean matches(String dagId) {
        return switch (operator) {
            case IS -> isOneOf(dagId);
            case IS_NOT -> !isOneOf(dagId);
            case INCLUDES -> containsOne(dagId);
            case EXCLUDES -> !containsOne(dagId);
        };
    }

    private boolean isOneOf(String dagId) {
        return values.contains(EVERY) || values.contains(dagId);
    }

    private boolean containsOne(String dagId) {
        return values.contains(EVERY) || values.stream().anyMatch(dagId::contains);
    }
}
