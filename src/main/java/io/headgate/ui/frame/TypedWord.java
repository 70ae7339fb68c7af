package io.headgate.ui.frame;

import io.headgate.ui.session.Form;

/// A word that must be typed before something is done that cannot be undone; capitals and spaces around it do not
/// matter (UI12).
public enum TypedWord {
    DELETE("Delete");

    public static final String FIELD = "confirm";

    private final String word;

    TypedWord(String word) {
        this.word = word;
    }

    public FieldErrors check(Form form) {
        return form.text(FIELD).strip().equalsIgnoreCase(word)
                ? FieldErrors.none()
                : FieldErrors.of(FIELD, "Type " + word + " to go on.");
    }
}
