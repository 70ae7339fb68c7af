package io.headgate.deployment.variable;

import io.headgate.kernel.Problem;
import io.headgate.kernel.SecretText;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a Deployment's variables become when a list replaces them (V8); messages name the key, never the value.
public final class VariableReplacement {
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String LIST = "environmentVariables";

    private final Map<String, EnvironmentVariable> current;
    private final ReservedVariables reserved;
    private final Instant now;
    private final List<Problem.FieldError> errors;

    /// @param errors where everything wrong is noted
    public VariableReplacement(
            List<EnvironmentVariable> current,
            ReservedVariables reserved,
            Instant now,
            List<Problem.FieldError> errors) {
        this.current = current.stream().collect(Collectors.toMap(EnvironmentVariable::key, Function.identity()));
        this.reserved = reserved;
        this.now = now;
        this.errors = errors;
    }

    /// The new list by key; to be used only if nothing wrong was noted. A variable that stays as it was keeps its time.
    public List<EnvironmentVariable> by(List<WantedVariable> wanted) {
        if (wanted.size() > WantedVariable.COUNT_MAX) {
            refuse(LIST, "max", "must hold at most " + WantedVariable.COUNT_MAX + " variables, given " + wanted.size());
            return List.of();
        }
        List<EnvironmentVariable> next = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < wanted.size(); i++) {
            WantedVariable variable = wanted.get(i);
            String path = LIST + "[" + i + "]";
            if (isKey(path, variable.key()) && isNew(path, variable.key(), keys)) {
                variable(path, variable).ifPresent(next::add);
            }
        }
        long bytes = next.stream()
                .mapToLong(variable -> variable.key().length()
                        + utf8(variable.value().reveal()).orElse(0))
                .sum();
        if (bytes > WantedVariable.TOTAL_MAX) {
            refuse(LIST, "max", "must hold at most " + WantedVariable.TOTAL_MAX + " bytes in all, given " + bytes);
        }
        next.sort(Comparator.comparing(EnvironmentVariable::key));
        return List.copyOf(next);
    }

    private boolean isKey(String path, String key) {
        if (key.length() > WantedVariable.KEY_MAX || !KEY.matcher(key).matches()) {
            refuse(
                    path + ".key",
                    "form",
                    "must be 1–" + WantedVariable.KEY_MAX
                            + " letters, digits and underscores that do not start with a digit, given '"
                            + shown(key) + "'");
            return false;
        }
        Optional<String> reason = reserved.reason(key);
        reason.ifPresent(because -> refuse(path + ".key", "reserved", "is reserved, given '" + key + "': " + because));
        return reason.isEmpty();
    }

    private boolean isNew(String path, String key, Set<String> keys) {
        if (keys.add(key)) {
            return true;
        }
        refuse(path + ".key", "unique", "must appear once in the list, given '" + key + "' again");
        return false;
    }

    private Optional<EnvironmentVariable> variable(String path, WantedVariable wanted) {
        EnvironmentVariable before = current.get(wanted.key());
        if (before != null && before.secret() && !wanted.secret()) {
            refuse(
                    path + ".isSecret",
                    "one-way",
                    "must stay true: '" + wanted.key()
                            + "' is a secret for ever; delete it and add it again with a new value");
            return Optional.empty();
        }
        Optional<SecretText> value = wanted.value()
                .map(text -> new SecretText(text.reveal().stripTrailing()))
                .filter(text -> !text.reveal().isEmpty());
        if (value.isEmpty()) {
            if (before != null && before.secret()) {
                return Optional.of(before);
            }
            refuse(path + ".value", "required", "is required and must not be empty, for '" + wanted.key() + "'");
            return Optional.empty();
        }
        return value.filter(text -> isValue(path + ".value", wanted.key(), text.reveal()))
                .map(text -> before != null && isSame(before, wanted, text)
                        ? before
                        : new EnvironmentVariable(wanted.key(), text, wanted.secret(), now));
    }

    private static boolean isSame(EnvironmentVariable before, WantedVariable wanted, SecretText value) {
        return before.secret() == wanted.secret() && before.value().matches(value);
    }

    private boolean isValue(String path, String key, String value) {
        OptionalInt bytes = utf8(value);
        if (bytes.isEmpty() || value.indexOf('\0') >= 0) {
            refuse(path, "characters", "must be Unicode text without NUL, for '" + key + "'");
            return false;
        }
        if (bytes.getAsInt() > WantedVariable.VALUE_MAX) {
            refuse(
                    path,
                    "max",
                    "must have at most " + WantedVariable.VALUE_MAX + " bytes, given " + bytes.getAsInt() + " for '"
                            + key + "'");
            return false;
        }
        return true;
    }

    /// How many bytes; empty for half a surrogate pair, which would arrive as another text.
    private static OptionalInt utf8(String text) {
        try {
            return OptionalInt.of(StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining());
        } catch (CharacterCodingException e) {
            return OptionalInt.empty();
        }
    }

    /// A key that is none may be anything, a whole file for example.
    private static String shown(String key) {
        String start = key.codePoints()
                .limit(60)
                .mapToObj(c -> c >= ' ' && c < 0x7f ? Character.toString(c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
        return key.codePointCount(0, key.length()) > 60 ? start + "…" : start;
    }

    private void refuse(String path, String code, String requirement) {
        errors.add(new Problem.FieldError(path, code, path + " " + requirement));
    }
}
