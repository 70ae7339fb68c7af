package io.headgate.kernel;

/// Identifies an API token, public; it authenticates nothing.
public record ApiTokenId(String value) implements Id {
    public ApiTokenId {
        Id.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
