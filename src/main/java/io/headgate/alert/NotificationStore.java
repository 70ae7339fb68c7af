package io.headgate.alert;

import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.NotificationChannelId;
import io.headgate.storage.JsonColumn;
import io.headgate.storage.Transaction;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// SQL of what is to be told and what was, and of how far failures were looked at.
final class NotificationStore {
    private static final String ADD = """
            INSERT INTO notification (channel_id, event, message, next_at, created_at)
            SELECT :channelId, :event, :message::jsonb, :now, :now
            WHERE EXISTS (SELECT 1 FROM notification_channel WHERE id = :channelId)
            ON CONFLICT ON CONSTRAINT notification_event_once DO NOTHING
            """;

    // counted before it is tried: what is tried again after a crash was tried
    private static final String TAKE = """
            UPDATE notification SET attempts = attempts + 1, next_at = :again
            WHERE id = (SELECT id FROM notification WHERE next_at <= :now ORDER BY next_at LIMIT 1
                FOR UPDATE SKIP LOCKED)
            RETURNING id, channel_id, message, attempts
            """;

    private static final String DELIVERED = """
            UPDATE notification SET delivered_at = :now, next_at = NULL, last_error = NULL WHERE id = :id
            """;

    private static final String FAILED = """
            UPDATE notification SET next_at = :nextAt, last_error = :error WHERE id = :id
            """;

    private static final String FORGET = "DELETE FROM notification WHERE next_at IS NULL AND created_at < :before";

    private static final String SEEN_UNTIL = "SELECT seen_until FROM failure_watch WHERE deployment_id = :deploymentId";

    private static final String SAW = """
            INSERT INTO failure_watch (deployment_id, seen_until) VALUES (:deploymentId, :until)
            ON CONFLICT (deployment_id) DO UPDATE SET seen_until = greatest(failure_watch.seen_until, :until)
            """;

    private static final String UNWATCH = "DELETE FROM failure_watch WHERE deployment_id = :deploymentId";

    /// One that is to be delivered now.
    ///
    /// @param attempts this one included
    record Due(long id, NotificationChannelId channelId, Message message, int attempts) {}

    /// Adds a message unless that event was told, or is to be told, to that channel.
    void add(Transaction transaction, NotificationChannelId channelId, String event, Message message, Instant now) {
        transaction
                .handle()
                .createUpdate(ADD)
                .bind("channelId", channelId)
                .bind("event", event)
                .bind("message", JsonColumn.write(message))
                .bind("now", now)
                .execute();
    }

    /// The one that has waited longest; nobody else gets it before the given time.
    Optional<Due> take(Transaction transaction, Instant now, Instant again) {
        return transaction
                .handle()
                .createQuery(TAKE)
                .bind("now", now)
                .bind("again", again)
                .map((row, _) -> new Due(
                        row.getLong("id"),
                        new NotificationChannelId(row.getString("channel_id")),
                        JsonColumn.read(row.getString("message"), Message.class),
                        row.getInt("attempts")))
                .findOne();
    }

    void delivered(Transaction transaction, long id, Instant now) {
        transaction
                .handle()
                .createUpdate(DELIVERED)
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    /// @param next when to try again; empty for never
    void failed(Transaction transaction, long id, String error, Optional<Instant> next) {
        transaction
                .handle()
                .createUpdate(FAILED)
                .bind("id", id)
                .bind("error", error)
                .bind("nextAt", next.orElse(null))
                .execute();
    }

    void forget(Transaction transaction, Instant before) {
        transaction.handle().createUpdate(FORGET).bind("before", before).execute();
    }

    Optional<Instant> seenUntil(Transaction transaction, DeploymentId id) {
        return transaction
                .handle()
                .createQuery(SEEN_UNTIL)
                .bind("deploymentId", id)
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(OffsetDateTime::toInstant);
    }

    void saw(Transaction transaction, DeploymentId id, Instant until) {
        transaction
                .handle()
                .createUpdate(SAW)
                .bind("deploymentId", id)
                .bind("until", until)
                .execute();
    }

    void unwatch(Transaction transaction, DeploymentId id) {
        transaction.handle().createUpdate(UNWATCH).bind("deploymentId", id).execute();
    }
}
