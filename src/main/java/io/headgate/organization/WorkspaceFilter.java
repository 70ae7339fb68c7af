package io.headgate.organization;

import io.headgate.kernel.WorkspaceId;
import java.util.List;

/// Which Workspaces a list is about; an empty list means no restriction.
public record WorkspaceFilter(List<WorkspaceId> ids, List<String> names) {
    public WorkspaceFilter {
        ids = List.copyOf(ids);
        names = List.copyOf(names);
    }
}
