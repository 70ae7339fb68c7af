package io.headgate.ui.variable;

import io.headgate.deployment.Deployment;
import io.headgate.deployment.variable.ShownVariable;
import io.headgate.kernel.Problem;
import io.headgate.ui.frame.DeploymentHead;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Seen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What became of the list while somebody edited it: their lines stay as they typed them, what they did not touch is as
/// it is now, and every variable that somebody else changed is named. Saving again is then done knowingly.
///
/// @param rows the lines of the editor, with those that somebody else has added
/// @param told a sentence for each line, by its position
record MeanwhileChanges(List<EditorRow> rows, Map<Integer, String> told, List<String> gone) {

    static MeanwhileChanges between(Seen before, List<EditorRow> sent, Deployment deployment) {
        Seen now = EditorRows.seen(deployment);
        Map<String, ShownVariable> stored = EditorRows.byKey(deployment);
        List<EditorRow> rows = new ArrayList<>();
        Map<Integer, String> told = new LinkedHashMap<>();
        List<String> gone = new ArrayList<>();
        for (EditorRow row : sent) {
            String key = row.key();
            Optional<ShownVariable> theirs = Optional.ofNullable(stored.get(key));
            if (before.agrees(now, key)) {
                rows.add(row);
            } else if (theirs.isEmpty() && EditorRows.isUntouched(asItWas(row), before)) {
                gone.add("Somebody else removed " + key + " meanwhile.");
            } else {
                told.put(rows.size(), sentence(row, before, theirs));
                rows.add(
                        theirs.isPresent() && before.has(key) && EditorRows.isUntouched(row, before)
                                ? EditorRow.of(theirs.get())
                                : row);
            }
        }
        deployment.variables().stream()
                .filter(variable -> !before.agrees(now, variable.key()))
                .filter(variable -> sent.stream().noneMatch(row -> row.key().equals(variable.key())))
                .forEach(variable -> {
                    told.put(
                            rows.size(),
                            before.has(variable.key())
                                    ? "You removed " + variable.key()
                                            + ", and somebody else changed it meanwhile. It is back in the list."
                                    : "Somebody else added " + variable.key() + " meanwhile.");
                    rows.add(EditorRow.of(variable));
                });
        return new MeanwhileChanges(EditorRows.numbered(rows), told, gone);
    }

    FieldErrors errors(DeploymentHead head) {
        List<Problem.FieldError> errors = new ArrayList<>();
        errors.add(error(
                "",
                "Nothing was saved: the list has changed since you opened it, and was last saved by " + head.updatedBy()
                        + ". What you typed is below, beside what is new; saving now applies the list as you see it."));
        gone.forEach(sentence -> errors.add(error("", sentence)));
        told.forEach((row, sentence) -> errors.add(error("value-" + row, sentence)));
        return FieldErrors.of(new Problem(409, "", "", errors), Map.of());
    }

    private static String sentence(EditorRow row, Seen before, Optional<ShownVariable> theirs) {
        String key = row.key();
        if (theirs.isEmpty()) {
            return "Somebody else removed " + key + " meanwhile. Saving adds it again.";
        }
        if (!before.has(key)) {
            return "Somebody else added " + key + " meanwhile. Saving replaces their value with yours.";
        }
        return EditorRows.isUntouched(row, before)
                ? "Somebody else changed " + key + " meanwhile. This is the value now."
                : "Somebody else changed " + key + " meanwhile. Saving replaces their value with yours.";
    }

    /// A secret that is gone looks like a new variable; whoever left its value empty did not touch it.
    private static EditorRow asItWas(EditorRow row) {
        return row.secret() && row.value().isEmpty() ? row.known(EditorRow.Known.SECRET) : row;
    }

    private static Problem.FieldError error(String field, String sentence) {
        return new Problem.FieldError(field, "meanwhile", sentence);
    }
}
