package io.headgate.kernel;

/// Identifies a record in the audit log.
public record AuditEventId(String value) implements Id {
    public AuditEventId {
        Id.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
