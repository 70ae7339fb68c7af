package io.headgate.deployment.log;

import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentLifecycle;
import io.headgate.deployment.Deployments;
import io.headgate.deployment.SecretRedaction;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Problem;
import java.util.Comparator;
import java.util.List;

/// Reads what the components of a Deployment print, for whoever may.
///
/// Secrets of the Deployment are taken out first: a search must not find them either.
public final class DeploymentLogs {
    /// So many are read at first.
    public static final int LINES_MAX = 2000;

    private final Deployments deployments;
    private final DeploymentLifecycle lifecycle;
    private final ComponentLogs logs;

    /// The end of a log.
    ///
    /// @param end where that begins which is printed from now on
    public record Ending(List<LogLine> lines, LogPosition end) {
        public Ending {
            lines = List.copyOf(lines);
        }
    }

    public DeploymentLogs(Deployments deployments, DeploymentLifecycle lifecycle, ComponentLogs logs) {
        this.deployments = deployments;
        this.lifecycle = lifecycle;
        this.logs = logs;
    }

    /// Names of the components, the one that people look at first before the others.
    public List<String> components() {
        return logs.components();
    }

    /// The last lines of a component that are wanted, at most {@value #LINES_MAX}.
    public Ending last(
            Caller caller, OrganizationId organizationId, DeploymentId id, String component, LogFilter filter) {
        Deployment deployment = readable(caller, organizationId, id);
        refuseUnknown(component);
        SecretRedaction redaction = redaction(deployment);
        LastEntries entries = new LastEntries(filter, LogWindow.ALWAYS, LINES_MAX);
        LogPosition end = logs.backwards(id, component, line -> entries.take(redaction.of(ShownText.of(line))));
        return new Ending(entries.lines(), end);
    }

    /// The last lines of several components that fit, in the order in which they were printed.
    public List<FoundLine> search(Caller caller, OrganizationId organizationId, DeploymentId id, LogSearch search) {
        Deployment deployment = readable(caller, organizationId, id);
        search.components().forEach(this::refuseUnknown);
        SecretRedaction redaction = redaction(deployment);
        List<FoundLine> found = search.components().stream()
                .flatMap(component -> {
                    LastEntries entries = new LastEntries(search.filter(), search.window(), search.most());
                    var _ = logs.backwards(id, component, line -> entries.take(redaction.of(ShownText.of(line))));
                    return entries.entries().stream()
                            .flatMap(entry ->
                                    entry.lines().map(line -> new FoundLine(component, entry.at(), line.text())));
                })
                // stable: what one component said at one moment stays in its order
                .sorted(Comparator.comparing(FoundLine::at))
                .toList();
        return found.subList(Math.max(0, found.size() - search.most()), found.size());
    }

    /// Begins to follow a component from a position on.
    public FollowedLog follow(Caller caller, OrganizationId organizationId, DeploymentId id, Followed followed) {
        Deployment deployment = readable(caller, organizationId, id);
        refuseUnknown(followed.component());
        return new FollowedLog(deployment.scope(), followed, logs, redaction(deployment));
    }

    /// What is followed.
    public record Followed(String component, LogFilter filter, LogPosition from) {}

    private Deployment readable(Caller caller, OrganizationId organizationId, DeploymentId id) {
        Deployment deployment = deployments.view(caller, organizationId, id);
        caller.require(DeploymentPermission.LOGS_GET, deployment.scope(), Deployments.notFound());
        return deployment;
    }

    private SecretRedaction redaction(Deployment deployment) {
        return lifecycle
                .present(deployment.id())
                .map(SecretRedaction::of)
                .orElseThrow(() -> Deployments.notFound().asException());
    }

    private void refuseUnknown(String component) {
        if (!logs.components().contains(component)) {
            throw Problem.notFound("Component").asException();
        }
    }
}
