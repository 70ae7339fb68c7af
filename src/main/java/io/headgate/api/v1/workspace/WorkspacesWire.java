package io.headgate.api.v1.workspace;

import io.headgate.kernel.Page;
import io.headgate.organization.Workspace;
import java.util.List;

/// A page of Workspaces.
record WorkspacesWire(List<WorkspaceWire> workspaces, int limit, int offset, long totalCount) {

    static WorkspacesWire of(Page<Workspace> page) {
        return new WorkspacesWire(
                page.items().stream().map(WorkspaceWire::of).toList(),
                page.request().limit(),
                page.request().offset(),
                page.totalCount());
    }
}
