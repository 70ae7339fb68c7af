package io.headgate.ui.deployment;

import io.headgate.organization.Workspace;

/// The Workspace that a page is about.
record WorkspaceView(String id, String name, String description, boolean mayCreate) {
    static WorkspaceView of(Workspace workspace, boolean mayCreate) {
        return new WorkspaceView(workspace.id().value(), workspace.name(), workspace.description(), mayCreate);
    }

    /// Address of its list.
    public String base() {
        return "/workspaces/" + id + "/deployments";
    }
}
