package io.headgate.kernel;

import java.security.SecureRandom;
import java.time.Clock;

/// Mints ids that rise with time as strings, also across kinds and when the clock jumps back.
///
/// An id is `c`, nine base-36 digits of milliseconds, three of a counter within the millisecond, and twelve random
/// ones. The random part makes ids of several nodes distinct; an id is public and never a secret.
public final class IdMinter {
    private static final int TIME_DIGITS = 9;
    private static final int COUNTER_DIGITS = 3;
    private static final int RANDOM_DIGITS = 12;
    private static final int COUNTER_LIMIT = 36 * 36 * 36;

    private final Clock clock;
    private final SecureRandom random;
    private long lastMillis;
    private int counter;

    public IdMinter(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    public OrganizationId organization() {
        return new OrganizationId(next());
    }

    public WorkspaceId workspace() {
        return new WorkspaceId(next());
    }

    public DeploymentId deployment() {
        return new DeploymentId(next());
    }

    public DeployId deploy() {
        return new DeployId(next());
    }

    public ApiTokenId apiToken() {
        return new ApiTokenId(next());
    }

    public UserId user() {
        return new UserId(next());
    }

    public SessionId session() {
        return new SessionId(next());
    }

    public WorkerQueueId workerQueue() {
        return new WorkerQueueId(next());
    }

    public AlertId alert() {
        return new AlertId(next());
    }

    public NotificationChannelId notificationChannel() {
        return new NotificationChannelId(next());
    }

    public AuditEventId auditEvent() {
        return new AuditEventId(next());
    }

    private synchronized String next() {
        long now = clock.millis();
        if (now > lastMillis) {
            lastMillis = now;
            counter = 0;
        } else if (++counter == COUNTER_LIMIT) {
            lastMillis++;
            counter = 0;
        }
        StringBuilder id = new StringBuilder(Id.LENGTH).append('c');
        appendBase36(id, lastMillis, TIME_DIGITS);
        appendBase36(id, counter, COUNTER_DIGITS);
        for (int i = 0; i < RANDOM_DIGITS; i++) {
            id.append(Character.forDigit(random.nextInt(36), 36));
        }
        return id.toString();
    }

    private static void appendBase36(StringBuilder to, long number, int digits) {
        String text = Long.toString(number, 36);
        to.repeat("0", digits - text.length()).append(text);
    }
}
