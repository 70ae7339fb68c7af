package io.headgate.kernel;

/// Identifies an Organization.
public record OrganizationId(String value) implements Id {
    public OrganizationId {
        Id.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
