package io.headgate.gateway;

import io.headgate.access.Role;
import io.headgate.identity.AirflowSignIns;
import io.headgate.identity.Session;
import io.headgate.identity.SessionSeal;
import io.headgate.identity.User;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.SecretText;
import io.headgate.kernel.SessionId;
import io.headgate.kernel.UserId;
import io.headgate.storage.KeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The part of a control plane that knows who is signed in, without database and pages.
final class SignedInPeople {
    private final Map<SessionId, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final AirflowSignIns signIns;

    SignedInPeople() {
        try {
            SecureRandom random = new SecureRandom();
            KeyFile keys = KeyFile.readOrCreate(
                    Files.createTempDirectory("headgate-test-").resolve("keys"), random);
            signIns = new AirflowSignIns(
                    id -> Optional.ofNullable(sessions.get(id)), new SessionSeal(keys), Clock.systemUTC(), random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AirflowSignIns signIns() {
        return signIns;
    }

    /// Somebody new, with a role in the Organization.
    Session signIn(String email, Role role) {
        int n = number.incrementAndGet();
        User user = new User(new UserId(TestGateway.id("user" + n)), TestGateway.ORGANIZATION, email, "", role);
        Instant now = Clock.systemUTC().instant();
        Session session = new Session(
                new SessionId(TestGateway.id("session" + n)),
                user,
                now,
                now,
                now,
                now.plus(Session.LIFETIME),
                "127.0.0.1",
                "test");
        sessions.put(session.id(), session);
        return session;
    }

    void signOut(Session session) {
        sessions.remove(session.id());
    }

    /// What the control plane answers to somebody whom the gateway has led to it.
    SecretText code(Session session, DeploymentId deployment, String state, String next) {
        return signIns.issue(session, new AirflowSignIns.Wish(deployment, state, next));
    }

    /// The header line with a good pass.
    String cookie(Session session, DeploymentId deployment) {
        return "Cookie: other=1; headgate-airflow-8889="
                + signIns.pass(session, deployment).reveal();
    }
}
