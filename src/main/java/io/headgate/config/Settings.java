package io.headgate.config;

import java.util.Map;

/// The settings in force; immutable, every value already checked.
public final class Settings {
    private final Map<String, Object> values;

    Settings(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /// The value in force: from a flag, the environment or the file, else the default.
    @SuppressWarnings("unchecked") // put there by SettingsReader from the parser of the same setting
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting.key());
        return value == null ? setting.fallback() : (T) value;
    }
}
