package io.headgate.ui.variable;

import io.headgate.deployment.Deployment;
import io.headgate.deployment.variable.ShownVariable;
import io.headgate.deployment.variable.WantedVariable;
import io.headgate.kernel.SecretText;
import io.headgate.ui.frame.Seen;
import io.headgate.ui.session.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The lines of the editor: as they are stored, and as somebody sent them.
final class EditorRows {
    private EditorRows() {}

    static List<EditorRow> stored(Deployment deployment) {
        return numbered(deployment.variables().stream().map(EditorRow::of).toList());
    }

    /// Without those that were removed, and those in which nothing was typed.
    static List<EditorRow> sent(Form form, Deployment deployment) {
        Map<String, ShownVariable> stored = byKey(deployment);
        Set<String> removed = new HashSet<>(form.all("remove"));
        List<EditorRow> rows = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (String id : form.all("row").stream().distinct().toList()) {
            if (!removed.contains(id)) {
                EditorRow row = sent(form, id, stored);
                if (!row.isBlank()) {
                    // a key that is typed a second time must stay open to be corrected
                    rows.add(keys.add(row.key()) ? row : row.known(EditorRow.Known.NOTHING));
                }
            }
        }
        return numbered(rows);
    }

    private static EditorRow sent(Form form, String id, Map<String, ShownVariable> stored) {
        String key = form.text("key-" + id).strip();
        boolean secret = form.has("isSecret-" + id);
        EditorRow.Known known = Optional.ofNullable(stored.get(key))
                // a secret that somebody wants to be none is refused, and must stay open to be corrected
                .filter(variable -> secret || !variable.secret())
                .map(variable -> variable.secret() ? EditorRow.Known.SECRET : EditorRow.Known.PLAIN)
                .orElse(EditorRow.Known.NOTHING);
        return new EditorRow(id, key, form.text("value-" + id), secret, known);
    }

    /// What the lines ask for; a value that nobody touched stays exactly as it is stored.
    static List<WantedVariable> wanted(List<EditorRow> rows, Deployment deployment) {
        Map<String, ShownVariable> stored = byKey(deployment);
        return rows.stream().map(row -> wanted(row, stored)).toList();
    }

    private static WantedVariable wanted(EditorRow row, Map<String, ShownVariable> stored) {
        return Optional.ofNullable(stored.get(row.key()))
                .flatMap(ShownVariable::value)
                .filter(value -> VariableText.typed(value).equals(row.value()))
                .map(value -> new WantedVariable(row.key(), Optional.of(new SecretText(value)), row.secret()))
                .orElseGet(row::wanted);
    }

    /// What the editor was filled in from. A secret is told by the time of its last change, never by its value.
    static Seen seen(Deployment deployment) {
        Map<String, String> contents = new HashMap<>();
        deployment.variables().forEach(variable -> contents.put(variable.key(), content(variable)));
        return Seen.of(contents);
    }

    /// Whether somebody left a line as it was filled in.
    static boolean isUntouched(EditorRow row, Seen before) {
        return row.isKept() ? row.value().isEmpty() : !row.secret() && before.holds(row.key(), content(row.value()));
    }

    static Map<String, ShownVariable> byKey(Deployment deployment) {
        return deployment.variables().stream().collect(Collectors.toMap(ShownVariable::key, Function.identity()));
    }

    static List<EditorRow> numbered(List<EditorRow> rows) {
        List<EditorRow> numbered = new ArrayList<>();
        for (EditorRow row : rows) {
            numbered.add(row.at(numbered.size()));
        }
        return List.copyOf(numbered);
    }

    private static String content(ShownVariable variable) {
        return variable.value()
                .map(value -> content(VariableText.typed(value)))
                .orElseGet(() -> "secret of " + variable.updatedAt());
    }

    private static String content(String value) {
        return "value " + value;
    }
}
