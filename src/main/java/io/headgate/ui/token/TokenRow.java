package io.headgate.ui.token;

import io.headgate.token.ApiToken;
import io.headgate.ui.frame.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A token as a line of the list and above its forms.
///
/// @param ours whether it belongs to this Deployment; another one holds a role here and is managed elsewhere
/// @param endsAt for sorting: what never ends comes last
record TokenRow(
        String id,
        String name,
        String description,
        String shortToken,
        State state,
        Optional<Moment> lastUsed,
        String client,
        Moment created,
        String createdBy,
        boolean ours,
        Instant endsAt,
        Instant usedAt,
        Instant createdAt) {
    private static final Duration SOON = Duration.ofDays(7);

    /// Whether it works, as a word with a shape and colour.
    ///
    /// @param detail what else is to be said; may be empty
    record State(String tone, String label, String detail) {}

    static TokenRow of(ApiToken token, boolean ours, Instant now) {
        return new TokenRow(
                token.id().value(),
                token.name(),
                token.description(),
                token.shortToken(),
                state(token, now),
                token.lastUsedAt().map(at -> Moment.of(at, now)),
                token.lastUse().map(use -> use.client()).orElse(""),
                Moment.of(token.authorship().createdAt(), now),
                token.authorship().createdBy().name(),
                ours,
                token.validity().endAt().orElse(Instant.MAX),
                token.lastUsedAt().orElse(Instant.EPOCH),
                token.authorship().createdAt());
    }

    private static State state(ApiToken token, Instant now) {
        Optional<Instant> end = token.validity().endAt();
        if (end.isEmpty()) {
            return new State("ok", "Active", "no expiration");
        }
        Moment moment = Moment.of(end.get(), now);
        if (token.validity().endedBy(now)) {
            return new State("off", "Expired", moment.relative());
        }
        return end.get().isBefore(now.plus(SOON))
                ? new State("warn", "Expires " + moment.relative(), moment.date())
                : new State("ok", "Active", moment.date() + " · " + moment.relative());
    }
}
