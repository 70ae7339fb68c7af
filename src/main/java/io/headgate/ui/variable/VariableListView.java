package io.headgate.ui.variable;

import java.util.List;

/// The list of a Deployment's variables.
record VariableListView(List<VariableRow> rows, boolean mayChange) {
    VariableListView {
        rows = List.copyOf(rows);
    }
}
