package io.headgate.kernel;

/// Identifies a user.
public record UserId(String value) implements Id {
    public UserId {
        Id.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
