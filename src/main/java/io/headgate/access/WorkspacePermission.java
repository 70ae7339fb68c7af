package io.headgate.access;

/// Rights on one Workspace.
public enum WorkspacePermission implements Permission {
    GET("workspace.get"),
    UPDATE("workspace.update"),
    DELETE("workspace.delete"),
    DEPLOYMENTS_CREATE("workspace.deployments.create"),
    API_TOKENS_GET("workspace.apiTokens.get"),
    API_TOKENS_CREATE("workspace.apiTokens.create"),
    API_TOKENS_UPDATE("workspace.apiTokens.update"),
    API_TOKENS_ROTATE("workspace.apiTokens.rotate"),
    API_TOKENS_DELETE("workspace.apiTokens.delete"),
    NOTIFICATION_CHANNELS_GET("workspace.notificationChannels.get"),
    NOTIFICATION_CHANNELS_CREATE("workspace.notificationChannels.create"),
    NOTIFICATION_CHANNELS_DELETE("workspace.notificationChannels.delete");

    private final String wireName;

    WorkspacePermission(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
