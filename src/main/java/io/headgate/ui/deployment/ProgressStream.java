package io.headgate.ui.deployment;

import io.headgate.access.Caller;
import io.headgate.access.SignedInEndpoint;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentLifecycle;
import io.headgate.deployment.Deployments;
import io.headgate.identity.LiveSessions;
import io.headgate.kernel.SessionId;
import io.headgate.ui.frame.DeploymentHeads;
import io.headgate.ui.frame.StatusLine;
import io.headgate.ui.session.Visitor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The steps of starting a Deployment as they happen, as Server-Sent Events; ends when it runs, and leads to its page
/// again.
@Path("/deployments/{deploymentId}/progress")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class ProgressStream {
    private static final int BETWEEN_MILLIS = 500;

    /// A browser that is still interested connects again by itself.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Visitor visitor;
    private final LiveSessions sessions;
    private final DeploymentHeads heads;
    private final Deployments deployments;
    private final DeploymentLifecycle lifecycle;
    private final Clock clock;

    ProgressStream(
            Visitor visitor,
            LiveSessions sessions,
            DeploymentHeads heads,
            Deployments deployments,
            DeploymentLifecycle lifecycle,
            Clock clock) {
        this.sessions = sessions;
        this.visitor = visitor;
        this.heads = heads;
        this.deployments = deployments;
        this.lifecycle = lifecycle;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void follow(@PathParam("deploymentId") String deploymentId, @Context SseEventSink sink, @Context Sse sse)
            throws InterruptedException {
        // what belongs to the request is gone when the browser is
        SessionId session = visitor.signedIn().id();
        Caller caller = visitor.caller();
        Deployment first = heads.find(deploymentId);
        Instant end = clock.instant().plus(LONGEST);
        String told = "";
        try (sink) {
            while (!sink.isClosed() && clock.instant().isBefore(end)) {
                if (sessions.peek(session).isEmpty()) {
                    send(sink, sse, "done", "/sign-in");
                    return;
                }
                Deployment deployment = deployments.view(caller, first.scope().organizationId(), first.id());
                if (StatusLine.of(deployment).settled()) {
                    send(sink, sse, "done", DeploymentHeads.base(deployment.id()));
                    return;
                }
                String now = DeploymentTemplates.steps(StepView.of(lifecycle.steps(deployment.id()), clock.instant()))
                        .render();
                if (!now.equals(told)) {
                    send(sink, sse, "replace", now);
                    told = now;
                }
                pause();
            }
        }
    }

    private static void send(SseEventSink sink, Sse sse, String name, String text) {
        try {
            sink.send(sse.newEventBuilder().name(name).data(text).build())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException | IllegalStateException _) {
            sink.close(); // nobody listens any more
        }
    }

    /// Nothing counts it down: this only lets time pass, and ends at once when the server does.
    private static void pause() throws InterruptedException {
        var _ = new CountDownLatch(1).await(BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
    }
}
