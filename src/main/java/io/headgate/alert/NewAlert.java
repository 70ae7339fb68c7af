package io.headgate.alert;

import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.NotificationChannelId;
import java.util.List;

/// What people say about an alert they want.
public record NewAlert(
        DeploymentId deploymentId,
        String name,
        AlertType type,
        Severity severity,
        List<DagPattern> patterns,
        List<NotificationChannelId> channelIds) {
    /// In characters.
    public static final int NAME_MAX = 256;

    public static final int PATTERNS_MAX = 20;
    public static final int CHANNELS_MAX = 20;

    public NewAlert {
        patterns = List.copyOf(patterns);
        channelIds = List.copyOf(channelIds);
    }
}
