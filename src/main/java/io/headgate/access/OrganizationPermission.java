package io.headgate.access;

/// Rights on the Organization itself.
public enum OrganizationPermission implements Permission {
    GET("organization.get"),
    /// Nothing is billed here yet; with {@link #USAGE_GET} it is what a Billing Admin may do and a Member may not.
    BILLING_UPDATE("organization.billing.update"),
    USAGE_GET("organization.usage.get"),
    AUDIT_LOGS_GET("organization.auditLogs.get"),
    WORKSPACES_CREATE("organization.workspaces.create"),
    API_TOKENS_GET("organization.apiTokens.get"),
    API_TOKENS_CREATE("organization.apiTokens.create"),
    API_TOKENS_UPDATE("organization.apiTokens.update"),
    API_TOKENS_ROTATE("organization.apiTokens.rotate"),
    API_TOKENS_DELETE("organization.apiTokens.delete");

    private final String wireName;

    OrganizationPermission(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
