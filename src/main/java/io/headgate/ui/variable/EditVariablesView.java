package io.headgate.ui.variable;

import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Seen;
import java.util.List;

/// The editor of all variables.
///
/// @param seen what it was filled in from
/// @param typed whether it holds what somebody typed and nobody saved yet
record EditVariablesView(List<EditorRow> rows, Seen seen, boolean typed, FieldErrors errors) {
    EditVariablesView {
        rows = List.copyOf(rows);
    }

    /// What a script makes new lines from.
    public EditorRow pattern() {
        return EditorRow.blank("NUMBER");
    }

    /// Lines to fill in for browsers without scripts.
    public List<EditorRow> spare() {
        return List.of(EditorRow.blank("a"), EditorRow.blank("b"), EditorRow.blank("c"));
    }
}
