package io.headgate.kernel;

/// Identifies a Workspace.
public record WorkspaceId(String value) implements Id {
    public WorkspaceId {
        Id.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
