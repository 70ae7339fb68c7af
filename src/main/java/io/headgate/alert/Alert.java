package io.headgate.alert;

import io.headgate.access.Authorship;
import io.headgate.access.Scope;
import io.headgate.kernel.AlertId;
import io.headgate.kernel.NotificationChannelId;
import java.util.List;

/// A rule: when this happens in that Deployment, tell those channels (A1).
///
/// @param patterns all of which a DAG must match; none means every DAG
public record Alert(
        AlertId id,
        Scope.OfDeployment deployment,
        String deploymentName,
        String name,
        AlertType type,
        Severity severity,
        List<DagPattern> patterns,
        List<Told> channels,
        Authorship authorship) {
    public Alert {
        patterns = List.copyOf(patterns);
        channels = List.copyOf(channels);
    }

    /// A channel, as far as whoever may see the alert may see it.
    public record Told(NotificationChannelId id, String name, ChannelType type) {}

    public boolean concerns(String dagId) {
        return patterns.stream().allMatch(pattern -> pattern.matches(dagId));
    }
}
