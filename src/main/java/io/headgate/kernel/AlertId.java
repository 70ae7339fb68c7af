package io.headgate.kernel;

/// Identifies an alert rule.
public record AlertId(String value) implements Id {
    public AlertId {
        Id.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
