package io.headgate.deployment.log;

import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.access.Scope;
import io.headgate.deployment.Deployments;
import io.headgate.deployment.SecretRedaction;
import java.util.List;

/// A log that somebody follows. Asking again costs no database, so that many can; whoever follows for long begins anew
/// now and then, to have secrets that were set meanwhile taken out, too.
public final class FollowedLog {
    private final Scope.OfDeployment place;
    private final DeploymentLogs.Followed followed;
    private final ComponentLogs logs;
    private final SecretRedaction redaction;
    private final NextEntries entries;
    private LogPosition position;

    /// What came next.
    ///
    /// @param gap whether lines before these can be missing
    public record News(List<LogLine> lines, boolean gap) {
        public News {
            lines = List.copyOf(lines);
        }
    }

    FollowedLog(
            Scope.OfDeployment place, DeploymentLogs.Followed followed, ComponentLogs logs, SecretRedaction redaction) {
        this.place = place;
        this.followed = followed;
        this.logs = logs;
        this.redaction = redaction;
        this.entries = new NextEntries(followed.filter());
        this.position = followed.from();
    }

    /// What was printed since the last time, for whoever the follower is by now.
    public News next(Caller caller) {
        caller.require(DeploymentPermission.LOGS_GET, place, Deployments.notFound());
        LogPart part = logs.since(place.deploymentId(), followed.component(), position);
        position = part.next();
        return new News(
                entries.of(part.lines().stream()
                        .map(line -> redaction.of(ShownText.of(line)))
                        .toList()),
                part.gap());
    }

    /// How far it was read.
    public LogPosition position() {
        return position;
    }

    /// The same from where it was read to, to begin anew.
    public DeploymentLogs.Followed again() {
        return new DeploymentLogs.Followed(followed.component(), followed.filter(), position);
    }
}
