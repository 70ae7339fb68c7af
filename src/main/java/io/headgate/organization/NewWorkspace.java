package io.headgate.organization;

/// What people say about a Workspace they want; limits are checked at the edge and in the database.
public record NewWorkspace(String name, String description, boolean cicdEnforcedDefault) {
    /// In characters.
    public static final int NAME_MAX = 50;

    /// In characters.
    public static final int DESCRIPTION_MAX = 1000;
}
