package io.headgate.ui.log;

import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.access.SignedInEndpoint;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.Deployments;
import io.headgate.deployment.log.DeploymentLogs;
import io.headgate.deployment.log.LogLevel;
import io.headgate.deployment.log.LogPosition;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentHeads;
import io.headgate.ui.frame.Shells;
import io.headgate.ui.session.Visitor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/// What the components of a Deployment printed last (UI49).
@Path("/deployments/{deploymentId}/logs")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class LogPages {
    private final Visitor visitor;
    private final DeploymentHeads heads;
    private final Shells shells;
    private final Answers answers;
    private final DeploymentLogs logs;

    LogPages(Visitor visitor, DeploymentHeads heads, Shells shells, Answers answers, DeploymentLogs logs) {
        this.visitor = visitor;
        this.heads = heads;
        this.shells = shells;
        this.answers = answers;
        this.logs = logs;
    }

    /// @param part set when a script of ours asks for a part of the page: that is the status above it, and no log need
    /// be read
    @GET
    @Produces(Answers.HTML)
    public Response logs(
            @PathParam("deploymentId") String deploymentId,
            @HeaderParam("HX-Request") String part,
            @Context UriInfo uri) {
        Deployment deployment = heads.find(deploymentId);
        Caller caller = visitor.caller();
        caller.require(DeploymentPermission.LOGS_GET, deployment.scope(), Deployments.notFound());
        LogQuery query = LogQuery.of(uri, logs.components());
        DeploymentLogs.Ending ending = part != null || query.component().isEmpty()
                ? new DeploymentLogs.Ending(List.of(), LogPosition.START)
                : logs.last(
                        caller,
                        deployment.scope().organizationId(),
                        deployment.id(),
                        query.component(),
                        query.filter());
        return answers.page(LogTemplates.logs(
                shells.of("Logs · " + deployment.name(), deployment.scope().workspaceId()),
                heads.of(deployment, "logs"),
                view(query, ending, "/deployments/" + deployment.id() + "/logs/stream?")));
    }

    private LogView view(LogQuery query, DeploymentLogs.Ending ending, String stream) {
        return new LogView(
                logs.components().stream()
                        .map(each -> new LogView.Choice(each, name(each), each.equals(query.component())))
                        .toList(),
                List.of(LogLevel.values()).stream()
                        .map(level -> new LogView.Choice(
                                level.key(),
                                label(level),
                                level == query.filter().least()))
                        .toList(),
                name(query.component()),
                query.filter().text(),
                query.isFiltered(),
                ending.lines(),
                ending.lines().size() >= DeploymentLogs.LINES_MAX,
                query.following(),
                query.following() ? stream + query.streamAfter(ending.end()) : "");
    }

    private static String name(String component) {
        return switch (component) {
            case "scheduler" -> "Scheduler";
            case "dag-processor" -> "DAG processor";
            case "triggerer" -> "Triggerer";
            case "api-server" -> "API server (webserver)";
            case "worker" -> "Worker";
            case "preflight" -> "Check before the start";
            case "migrate" -> "Making of the database";
            default -> component;
        };
    }

    private static String label(LogLevel level) {
        return switch (level) {
            case DEBUG -> "Every level";
            case INFO -> "Info and above";
            case WARN -> "Warnings and errors";
            case ERROR -> "Errors";
        };
    }
}
