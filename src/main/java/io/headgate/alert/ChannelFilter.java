package io.headgate.alert;

import io.headgate.kernel.NotificationChannelId;
import io.headgate.kernel.WorkspaceId;
import java.util.List;

/// Which channels of those that the caller may see; an empty list means any.
public record ChannelFilter(List<NotificationChannelId> ids, List<WorkspaceId> workspaceIds) {
    public ChannelFilter {
        ids = List.copyOf(ids);
        workspaceIds = List.copyOf(workspaceIds);
    }
}
