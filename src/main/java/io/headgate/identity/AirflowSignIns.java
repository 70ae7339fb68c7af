package io.headgate.identity;

import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.Id;
import io.headgate.kernel.SecretText;
import io.headgate.kernel.SessionId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Takes people who are signed in to the Airflow of a Deployment, which has an origin, and so a cookie, of its own.
///
/// 1. The control plane issues a code for a session and a Deployment; it waits in memory, works once and for a minute.
/// 2. The gateway redeems it, and must find in the browser the `state` that it left there when it asked.
/// 3. The browser gets a pass: the id of the session, sealed for this one Deployment. It is stored nowhere, so it
///    survives a restart; the session is looked up at each use, so it ends when that does (item 44).
public final class AirflowSignIns {
    /// From one redirect of a browser to the next, with room for a slow line.
    public static final Duration CODE_LIFETIME = Duration.ofSeconds(60);

    /// So many people at a time; who signs on beyond that makes the oldest code void.
    static final int WAITING_MAX = 10_000;

    private static final int CODE_BYTES = 32;

    private final SessionLookup sessions;
    private final SessionSeal seal;
    private final Clock clock;
    private final SecureRandom random;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Waiting> eldest) {
            return size() > WAITING_MAX;
        }
    };

    public AirflowSignIns(SessionLookup sessions, SessionSeal seal, Clock clock, SecureRandom random) {
        this.sessions = sessions;
        this.seal = seal;
        this.clock = clock;
        this.random = random;
    }

    /// A sign-on under way, as the gateway asked for it.
    ///
    /// @param state what the gateway left in the browser that it sent here
    /// @param next where it wants to go afterwards; from the address of a page, so not to be believed
    public record Wish(DeploymentId deployment, String state, String next) {}

    /// A code that was redeemed.
    public record Redeemed(Session session, Wish wish) {}

    private record Waiting(SessionId session, Wish wish, Instant until) {}

    /// A code for whoever is signed in with a session and may open this Deployment's Airflow.
    public SecretText issue(Session session, Wish wish) {
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        synchronized (waiting) {
            waiting.values().removeIf(other -> !now.isBefore(other.until));
            waiting.put(code, new Waiting(session.id(), wish, now.plus(CODE_LIFETIME)));
        }
        return new SecretText(code);
    }

    /// What a code was issued for; whatever comes of it, the code is void from now on.
    public Optional<Redeemed> redeem(SecretText code, DeploymentId deployment) {
        Optional<Waiting> found;
        synchronized (waiting) {
            found = Optional.ofNullable(waiting.remove(code.reveal()));
        }
        return found.filter(entry -> clock.instant().isBefore(entry.until) && entry.wish.deployment.equals(deployment))
                .flatMap(entry -> sessions.find(entry.session).map(session -> new Redeemed(session, entry.wish)));
    }

    /// What a browser presents at the origin of one Deployment from now on.
    public SecretText pass(Session session, DeploymentId deployment) {
        return new SecretText(session.id() + "."
                + seal.seal(SessionSeal.Purpose.AIRFLOW, sealed(session.id().value(), deployment)));
    }

    /// The session of what a browser presents, if it was made for this Deployment and the session goes on.
    public Optional<Session> find(SecretText pass, DeploymentId deployment) {
        String presented = pass.reveal();
        int dot = presented.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String id = presented.substring(0, dot);
        return Id.isWellFormed(id)
                        && seal.isGenuine(
                                SessionSeal.Purpose.AIRFLOW, sealed(id, deployment), presented.substring(dot + 1))
                ? sessions.find(new SessionId(id))
                : Optional.empty();
    }

    private static String sealed(String session, DeploymentId deployment) {
        return session + "\n" + deployment;
    }
}
