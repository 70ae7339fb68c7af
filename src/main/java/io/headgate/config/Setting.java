package io.headgate.config;

import java.util.Locale;
import java.util.Optional;

/// One configuration key: its name in the file, how its text is read, its default, and the sentence that documents it.
///
/// The same key is `HEADGATE_` plus the name in upper case with `_` for `.` and `-` in the environment, and, where it
/// has
/// one, a flag on the command line. Flags win over the environment, the environment over the file.
public record Setting<T>(
        String key, Optional<String> flag, SettingType<T> type, T fallback, String shownDefault, String description) {

    public String environmentVariable() {
        return environmentVariable(key);
    }

    /// Whether it is a plain yes or no, whose flag takes no value.
    public boolean isToggle() {
        return type.equals(SettingType.YES_OR_NO);
    }

    /// The value of a text, or an exception whose message says what is allowed.
    public T parse(String text) {
        return type.parser().apply(text);
    }

    static String environmentVariable(String key) {
        return "HEADGATE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static <T> Setting<T> of(String key, SettingType<T> type, T fallback, String description) {
        return new Setting<>(key, Optional.empty(), type, fallback, type.shown(fallback), description);
    }

    Setting<T> flag(String name) {
        return new Setting<>(key, Optional.of(name), type, fallback, shownDefault, description);
    }

    Setting<T> defaultShownAs(String text) {
        return new Setting<>(key, flag, type, fallback, text, description);
    }
}
