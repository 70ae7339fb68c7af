package io.headgate.ui.variable;

/// How a value comes back from a form in which nobody touched it: forms end lines their own way.
final class VariableText {
    private VariableText() {}

    static String typed(String stored) {
        return stored.replace("\r\n", "\n").replace('\r', '\n');
    }
}
