package io.headgate.ui.frame;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a page says once after something was done elsewhere; its name is in the address of the page.
public enum Note {
    TOKEN_SAVED("Saved. The value works as before."),
    TOKEN_DELETED("Deleted. Its value is refused from now on."),
    DEPLOYMENT_SAVED("Saved."),
    DEPLOYMENT_DELETED(
            "Deleted. Its tokens are refused from now on; files and database rest in the trash for 30 days."),
    VARIABLES_SAVED("Saved. Tasks that start from now on have the new values within two minutes."),
    ROLLBACK_STARTED("Rolling back. The version goes live when Airflow serves it."),
    PASSWORD_CHANGED("Changed. Every other session was signed out."),
    SESSION_ENDED("Signed out there.");

    private final String sentence;

    Note(String sentence) {
        this.sentence = sentence;
    }

    /// How it is named in an address.
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String sentence() {
        return sentence;
    }

    static Optional<Note> named(String key) {
        return Arrays.stream(values()).filter(note -> note.key().equals(key)).findFirst();
    }
}
