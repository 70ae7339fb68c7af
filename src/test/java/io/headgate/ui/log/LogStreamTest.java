package io.headgate.ui.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Caller;
import io.headgate.access.Role;
import io.headgate.access.Scope;
import io.headgate.api.TestApi;
import io.headgate.deployment.log.DeploymentLogs;
import io.headgate.deployment.log.LogFilter;
import io.headgate.deployment.log.LogPosition;
import io.headgate.identity.Attempt;
import io.headgate.identity.LiveSessions;
import io.headgate.identity.Session;
import io.headgate.identity.SignIn;
import io.headgate.kernel.SecretText;
import io.headgate.launch.ControlPlane;
import io.headgate.ui.Browser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// UI49: one reader's stream, and their session.
@QuarkusTest
@Timeout(60)
class LogStreamTest {
    private static final Caller.Origin ORIGIN = new Caller.Origin("r1", "192.0.2.7", "Firefox");
    private static final Duration MEANWHILE = Duration.ofMinutes(5);

    @Inject
    TestApi api;

    @Test
    void isNoUseOfTheSessionHoweverLongSomebodyFollows() {
        Session session = signedIn();
        Instant seen = seenAt(session);
        api.behind().clock().advance(MEANWHILE);

        String events = followed(session);

        assertThat(events).contains("printed", "Following ended after 30 minutes");
        assertThat(seenAt(session)).isEqualTo(seen);
        assertThat(sessions().find(session.id())).isPresent();
        assertThat(seenAt(session)).as("control: a page is a use").isAfter(seen);
    }

    /// Follows until the end that every stream has, which comes as soon as there was something to read.
    private String followed(Session session) {
        Scope.OfDeployment place = api.behind().own().scope();
        Caller caller = new Caller(session.user().principal(), ORIGIN);
        api.behind().componentLogs().print(place.deploymentId(), "scheduler", "[info] printed");
        ByteArrayOutputStream read = new ByteArrayOutputStream() {
            private boolean over;

            @Override
            public void flush() {
                if (!over && toString(StandardCharsets.UTF_8).contains("printed")) {
                    over = true;
                    api.behind().clock().advance(LogStream.LENGTH_MAX);
                }
            }
        };
        new LogStream(
                        new LogStream.Needs(
                                controlPlane().deploymentLogs(),
                                sessions(),
                                new OpenStreams(),
                                api.behind().clock()),
                        session.id(),
                        caller.origin(),
                        place,
                        controlPlane()
                                .deploymentLogs()
                                .follow(
                                        caller,
                                        place.organizationId(),
                                        place.deploymentId(),
                                        new DeploymentLogs.Followed(
                                                "scheduler", LogFilter.EVERYTHING, LogPosition.START)))
                .writeTo(new EventWriter(read));
        return read.toString(StandardCharsets.UTF_8);
    }

    private Session signedIn() {
        Attempt attempt = new Attempt(
                Browser.person(api.behind(), Role.ORGANIZATION_OWNER).email(),
                new SecretText(Browser.PASSWORD),
                ORIGIN);
        return ((SignIn.Done) controlPlane().identity().sessions().signIn(attempt)).session();
    }

    private LiveSessions sessions() {
        return controlPlane().identity().liveSessions();
    }

    private ControlPlane controlPlane() {
        return api.behind().controlPlane();
    }

    private Instant seenAt(Session session) {
        return sessions().peek(session.id()).orElseThrow().seenAt();
    }
}
