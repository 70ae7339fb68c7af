package io.headgate.ui.variable;

import io.headgate.deployment.variable.ShownVariable;
import io.headgate.deployment.variable.WantedVariable;
import io.headgate.kernel.SecretText;
import java.util.Optional;

/// One line of the editor.
///
/// @param id ends the names of its fields
/// @param value as typed; of a secret that is there and was not touched, empty
/// @param secret whether it is to be one
/// @param known what is stored under the key
record EditorRow(String id, String key, String value, boolean secret, Known known) {

    /// What is stored under a key: nothing, a value that everybody sees, or a secret.
    enum Known {
        NOTHING,
        PLAIN,
        SECRET
    }

    static EditorRow of(ShownVariable variable) {
        return new EditorRow(
                "",
                variable.key(),
                VariableText.typed(variable.value().orElse("")),
                variable.secret(),
                variable.secret() ? Known.SECRET : Known.PLAIN);
    }

    static EditorRow blank(String id) {
        return new EditorRow(id, "", "", false, Known.NOTHING);
    }

    EditorRow at(int index) {
        return new EditorRow(Integer.toString(index), key, value, secret, known);
    }

    EditorRow known(Known other) {
        return new EditorRow(id, key, value, secret, other);
    }

    /// Nothing was typed into it.
    boolean isBlank() {
        return isFresh() && key.isEmpty() && value.isEmpty();
    }

    WantedVariable wanted() {
        return new WantedVariable(
                key, Optional.of(value).filter(text -> !text.isEmpty()).map(SecretText::new), secret);
    }

    public boolean isFresh() {
        return known == Known.NOTHING;
    }

    /// A secret that is there: its value may stay empty, and it stays a secret.
    public boolean isKept() {
        return known == Known.SECRET;
    }

    /// Whether the value goes into a field that shows dots; such a field takes one line only.
    public boolean isDotted() {
        return (isKept() || (secret && !value.isEmpty())) && value.indexOf('\n') < 0;
    }

    public String keyField() {
        return "key-" + id;
    }

    public String valueField() {
        return "value-" + id;
    }

    public String secretField() {
        return "isSecret-" + id;
    }

    @Override
    public String toString() {
        return "EditorRow[" + key + "]";
    }
}
