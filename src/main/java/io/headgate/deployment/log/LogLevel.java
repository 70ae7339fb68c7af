package io.headgate.deployment.log;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much a line of a log matters.
public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR;

    /// As Airflow writes it, `[warning  ]`, as Python's own logging does, ` - WARNING - `, and as its servers do,
    /// `WARNING:`; near the start of a line, where no message can be taken for it.
    private static final Pattern WORD =
            Pattern.compile("\\[(debug|info|notice|warning|warn|error|exception|critical|fatal) *]"
                    + "|(?:^|[\\s\\]-])(DEBUG|INFO|WARNING|ERROR|CRITICAL|FATAL)(?::|\\s+-\\s|\\s*]|\\s)");

    private static final int LOOKED_AT = 120;

    /// What a line says about itself; empty if it says nothing, as the lines of a trace.
    public static Optional<LogLevel> of(String line) {
        Matcher matcher = WORD.matcher(line.length() > LOOKED_AT ? line.substring(0, LOOKED_AT) : line);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String word = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return Optional.of(
                switch (word.toLowerCase(Locale.ROOT)) {
                    case "debug" -> DEBUG;
                    case "warning", "warn" -> WARN;
                    case "error", "exception", "critical", "fatal" -> ERROR;
                    default -> INFO;
                });
    }

    /// The level of that name; empty if there is none.
    public static Optional<LogLevel> named(String name) {
        for (LogLevel level : values()) {
            if (level.key().equals(name)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    /// How it is named in addresses and stylesheets.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
