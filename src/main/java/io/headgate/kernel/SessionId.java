package io.headgate.kernel;

/// Identifies a session of a signed-in person; public, not what the browser presents.
public record SessionId(String value) implements Id {
    public SessionId {
        Id.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
