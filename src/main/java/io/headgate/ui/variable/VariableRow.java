package io.headgate.ui.variable;

import io.headgate.deployment.variable.ShownVariable;
import io.headgate.ui.frame.Moment;
import java.time.Instant;

/// A variable as a line of the list.
///
/// @param value empty for a secret
record VariableRow(String key, String value, boolean secret, Moment updated) {
    private static final int SHORT_MAX = 240;
    private static final int START = 48;

    static VariableRow of(ShownVariable variable, Instant now) {
        return new VariableRow(
                variable.key(), variable.value().orElse(""), variable.secret(), Moment.of(variable.updatedAt(), now));
    }

    /// Whether the value would push the others off the page; it is folded then.
    public boolean isLong() {
        return value.length() > SHORT_MAX || value.lines().count() > 4;
    }

    /// Its first line, or what of it fits.
    public String start() {
        String line = value.lines().findFirst().orElse("");
        return line.length() > START
                ? line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, START)))
                : line;
    }

    @Override
    public String toString() {
        return "VariableRow[" + key + "]";
    }
}
