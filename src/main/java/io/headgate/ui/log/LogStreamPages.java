package io.headgate.ui.log;

import io.headgate.access.Caller;
import io.headgate.access.SignedInEndpoint;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.log.DeploymentLogs;
import io.headgate.identity.LiveSessions;
import io.headgate.ui.frame.DeploymentHeads;
import io.headgate.ui.session.Visitor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.Optional;

/// What a component prints, as it prints it: Server-Sent Events, until the reader is gone or may no longer read.
///
/// Each stream waits on a virtual thread of its own, which costs nothing while it waits.
@Path("/deployments/{deploymentId}/logs/stream")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class LogStreamPages {
    private final Visitor visitor;
    private final DeploymentHeads heads;
    private final DeploymentLogs logs;
    private final LiveSessions sessions;
    private final OpenStreams open;
    private final Clock clock;

    LogStreamPages(
            Visitor visitor,
            DeploymentHeads heads,
            DeploymentLogs logs,
            LiveSessions sessions,
            OpenStreams open,
            Clock clock) {
        this.visitor = visitor;
        this.heads = heads;
        this.logs = logs;
        this.sessions = sessions;
        this.open = open;
        this.clock = clock;
    }

    /// @param lastEventId what a browser read last before it lost the connection
    @GET
    public Response stream(
            @PathParam("deploymentId") String deploymentId,
            @HeaderParam("Last-Event-ID") String lastEventId,
            @Context UriInfo uri) {
        Deployment deployment = heads.find(deploymentId);
        Caller caller = visitor.caller();
        LogQuery query = LogQuery.of(uri, logs.components());
        LogStream stream = new LogStream(
                new LogStream.Needs(logs, sessions, open, clock),
                visitor.signedIn().id(),
                caller.origin(),
                deployment.scope(),
                logs.follow(
                        caller,
                        deployment.scope().organizationId(),
                        deployment.id(),
                        new DeploymentLogs.Followed(
                                query.component(),
                                query.filter(),
                                LogQuery.position(
                                        Optional.ofNullable(lastEventId).orElse(""), uri))));
        StreamingOutput body = out -> stream.writeTo(new EventWriter(out));
        return Response.ok(body)
                .type(MediaType.SERVER_SENT_EVENTS)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                // nginx collects answers otherwise
                .header("X-Accel-Buffering", "no")
                .build();
    }
}
