package io.headgate.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/// Reads settings from a file, the environment and flags, later ones winning; an unknown key is an error.
public final class SettingsReader {
    /// Variables of the front-door script that are no settings.
    private static final List<String> NOT_SETTINGS = List.of("HEADGATE_JAVA_OPTS");

    private final Map<String, Object> values = new HashMap<>();

    /// Reads a properties file; every key in it must be known.
    public SettingsReader file(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException("cannot read the configuration file " + file + ": " + e.getMessage());
        }
        properties.stringPropertyNames().stream().sorted().forEach(key -> {
            Setting<?> setting = HeadgateSettings.all().stream()
                    .filter(s -> s.key().equals(key))
                    .findFirst()
                    .orElseThrow(() -> unknown(
                            "key '" + key + "' in " + file,
                            key,
                            HeadgateSettings.all().stream().map(Setting::key).toList()));
            put(setting, properties.getProperty(key).strip(), "in " + file);
        });
        return this;
    }

    /// Reads `HEADGATE_*` from the environment; every one must be known.
    public SettingsReader environment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((name, value) -> {
            if (!name.startsWith("HEADGATE_") || NOT_SETTINGS.contains(name)) {
                return;
            }
            Setting<?> setting = HeadgateSettings.all().stream()
                    .filter(s -> s.environmentVariable().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(
                            "environment variable " + name,
                            name,
                            HeadgateSettings.all().stream()
                                    .map(Setting::environmentVariable)
                                    .toList()));
            put(setting, value, "in the environment");
        });
        return this;
    }

    /// Takes the value of a flag that was given on the command line.
    public SettingsReader flag(String flag, String text) {
        Setting<?> setting = HeadgateSettings.all().stream()
                .filter(s -> s.flag().equals(Optional.of(flag)))
                .findFirst()
                .orElseThrow(() -> unknown("flag " + flag, flag, flags()));
        put(setting, text, "on the command line");
        return this;
    }

    public Settings settings() {
        return new Settings(values);
    }

    /// All flags that settings have.
    public static List<String> flags() {
        return HeadgateSettings.all().stream().flatMap(s -> s.flag().stream()).toList();
    }

    /// The error for a name that does not exist, with the nearest one that does.
    public static SettingsException unknown(String what, String name, List<String> known) {
        String nearest = known.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .orElseThrow();
        return new SettingsException(
                "unknown " + what + "; did you mean " + nearest + "? All of them are in docs/configuration.md");
    }

    private void put(Setting<?> setting, String text, String where) {
        try {
            values.put(setting.key(), setting.parse(text));
        } catch (IllegalArgumentException e) {
            String shown = setting.type().equals(SettingType.SECRET) ? "" : ", not '" + text + "'";
            throw new SettingsException("setting " + setting.key() + " " + where + " must be "
                    + setting.type().allowed() + shown);
        }
    }

    /// Levenshtein distance: how many single-character edits lie between two names.
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
