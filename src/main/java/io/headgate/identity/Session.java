package io.headgate.identity;

import io.headgate.kernel.SessionId;
import java.time.Duration;
import java.time.Instant;

/// A browser in which a person is signed in.
///
/// @param seenAt when it last asked for anything, to the minute
/// @param authenticatedAt when a password was last typed in it
/// @param endsAt when it ends, however much it is used
/// @param address of the browser at sign-in
/// @param userAgent what the browser said it was, bounded and harmless, not believed
public record Session(
        SessionId id,
        User user,
        Instant startedAt,
        Instant seenAt,
        Instant authenticatedAt,
        Instant endsAt,
        String address,
        String userAgent) {

    /// Unused for so long, a session ends (item 44).
    public static final Duration IDLE_MAX = Duration.ofHours(24);

    /// A session ends after so long, however much it is used (item 44).
    public static final Duration LIFETIME = Duration.ofDays(7);

    /// For so long after a password was typed, nothing asks for it again (item 48).
    public static final Duration FRESH = Duration.ofHours(1);

    public boolean endedBy(Instant now) {
        return !now.isBefore(endsAt) || !now.isBefore(seenAt.plus(IDLE_MAX));
    }

    /// Whether the password was typed so recently that acts which matter most need not ask for it.
    public boolean isFresh(Instant now) {
        return now.isBefore(authenticatedAt.plus(FRESH));
    }

    Session seen(Instant at) {
        return new Session(id, user, startedAt, at, authenticatedAt, endsAt, address, userAgent);
    }
}
