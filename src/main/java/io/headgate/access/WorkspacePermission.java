package io.headgate.access;

/// Rights on one Workspace.
public enum WorkspacePermission implements Permission {
    GET("workspace.get"),
    UPDATE("workspace.update"),
    DELETE("workspace.delete"),
    DEPLOYMENTS_CREATE("workspace.deployments.create");

    private final String wireName;

    WorkspacePermission(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
