package io.headgate.ui.log;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.SignedInEndpoint;
import io.headgate.deployment.log.DeploymentLogs;
import io.headgate.deployment.log.LogLevel;
import io.headgate.deployment.log.LogPosition;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentSpot;
import io.headgate.ui.frame.DeploymentSpots;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
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
    private static final String TAB = "logs";

    private final DeploymentSpots spots;
    private final Answers answers;
    private final DeploymentLogs logs;

    LogPages(DeploymentSpots spots, Answers answers, DeploymentLogs logs) {
        this.spots = spots;
        this.answers = answers;
        this.logs = logs;
    }

    @GET
    @Produces(Answers.HTML)
    public Response logs(@PathParam("deploymentId") String deploymentId, @Context UriInfo uri) {
        DeploymentSpot spot = spots.of(deploymentId, TAB, "Logs");
        spot.require(DeploymentPermission.LOGS_GET);
        LogQuery query = LogQuery.of(uri, logs.components());
        DeploymentLogs.Ending ending = query.component().isEmpty()
                ? new DeploymentLogs.Ending(List.of(), LogPosition.START)
                : logs.last(
                        spot.caller(),
                        spot.organizationId(),
                        spot.deployment().id(),
                        query.component(),
                        query.filter());
        return answers.page(
                LogTemplates.logs(spot.shell(), spot.head(), view(query, ending, spot.tab(TAB) + "/stream?")));
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
