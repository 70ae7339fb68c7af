package io.headgate.ui.log;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.deployment.log.DeploymentLogs;
import io.headgate.deployment.log.FollowedLog;
import io.headgate.deployment.log.LogLevel;
import io.headgate.deployment.log.LogLine;
import io.headgate.identity.LiveSessions;
import io.headgate.identity.Session;
import io.headgate.kernel.ProblemException;
import io.headgate.kernel.SessionId;
import io.headgate.ui.frame.DeploymentHeads;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One reader's stream of one log. It ends with the session, with the right to read, or after a while: whoever forgot a
/// window does not read for ever.
final class LogStream {
    static final Duration LENGTH_MAX = Duration.ofMinutes(30);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// In pauses; well below the minute after which quiet connections are closed.
    private static final int BEAT = 15;

    /// In pauses; then Deployment and secrets are looked up again.
    private static final int RENEWAL = 60;

    private final Needs needs;
    private final SessionId session;
    private final Caller.Origin origin;
    private final Scope.OfDeployment place;
    private FollowedLog log;

    /// What every stream needs from elsewhere.
    record Needs(DeploymentLogs logs, LiveSessions sessions, OpenStreams open, Clock clock) {}

    LogStream(Needs needs, SessionId session, Caller.Origin origin, Scope.OfDeployment place, FollowedLog log) {
        this.needs = needs;
        this.session = session;
        this.origin = origin;
        this.place = place;
        this.log = log;
    }

    void writeTo(EventWriter events) {
        if (!needs.open.enter()) {
            end(events, "Too many people follow logs at this moment. Show the log again to see what came.");
            return;
        }
        try {
            follow(events);
        } catch (IOException _) {
            // the reader is gone, which is how streams end
        } finally {
            needs.open.leave();
        }
    }

    private void follow(EventWriter events) throws IOException {
        Instant end = needs.clock.instant().plus(LENGTH_MAX);
        events.beat();
        for (int pauses = 1; ; pauses++) {
            // an open window is no use of the session
            Optional<Session> reader = needs.sessions.peek(session);
            if (reader.isEmpty()) {
                events.event("done", "", signIn());
                return;
            }
            if (!needs.clock.instant().isBefore(end)) {
                end(events, "Following ended after " + LENGTH_MAX.toMinutes() + " minutes. Follow again to go on.");
                return;
            }
            Caller caller = new Caller(reader.get().user().principal(), origin);
            try {
                if (pauses % RENEWAL == 0) {
                    log = needs.logs.follow(caller, place.organizationId(), place.deploymentId(), log.again());
                }
                tell(events, log.next(caller), pauses);
            } catch (ProblemException e) {
                end(events, "Following ended: " + e.problem().message() + ".");
                return;
            }
            if (needs.open.stopWithin(PAUSE)) {
                return;
            }
        }
    }

    private void tell(EventWriter events, FollowedLog.News news, int pauses) throws IOException {
        List<LogLine> lines = new ArrayList<>();
        if (news.gap()) {
            lines.add(new LogLine(LogLevel.WARN, "… lines can be missing here: more was printed than could be read"));
        }
        lines.addAll(news.lines());
        if (!lines.isEmpty()) {
            events.event("append", log.position().text(), html(lines));
        } else if (pauses % BEAT == 0) {
            events.beat();
        }
    }

    private static void end(EventWriter events, String sentence) {
        try {
            events.event("append", "", html(List.of(new LogLine(LogLevel.WARN, sentence))));
            events.event("done", "", "");
        } catch (IOException _) {
            // the reader is gone, which is how streams end
        }
    }

    private String signIn() {
        return "/sign-in?next="
                + URLEncoder.encode(DeploymentHeads.base(place.deploymentId()) + "/logs", StandardCharsets.UTF_8);
    }

    private static String html(List<LogLine> lines) {
        return LogTemplates.lines(lines).render();
    }
}
