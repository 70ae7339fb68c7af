package io.headgate.alert;

import io.headgate.access.Scope;
import io.headgate.kernel.FailPoint;
import io.headgate.storage.SecretBox;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import io.headgate.token.ApiToken;
import io.headgate.token.ApiTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Tells every channel of a Workspace 30, 14, 7 and 1 days before one of its tokens expires, its Deployments' included.
///
/// If several of those moments passed unseen, only the last is told. A token that lives shorter than that from its
/// start
/// is not told of at once.
public final class ExpiryWarnings {
    private static final List<Integer> DAYS = List.of(1, 7, 14, 30);

    private final Transactions transactions;
    private final Clock clock;
    private final ApiTokens tokens;
    private final NotificationChannelStore channels;
    private final NotificationStore notifications = new NotificationStore();

    public ExpiryWarnings(Transactions transactions, Clock clock, ApiTokens tokens, SecretBox secretBox) {
        this.transactions = transactions;
        this.clock = clock;
        this.tokens = tokens;
        this.channels = new NotificationChannelStore(secretBox);
    }

    /// Notes what is to be told now.
    public void run() {
        Instant now = clock.instant();
        transactions.useTransaction(tx -> {
            tokens.ending(tx, now, now.plus(Duration.ofDays(DAYS.getLast()))).forEach(token -> note(tx, token, now));
            FailPoint.EXPIRY_NOTE_BEFORE_COMMIT.pass();
        });
        FailPoint.EXPIRY_NOTE_AFTER_COMMIT.pass();
    }

    private void note(Transaction tx, ApiToken token, Instant now) {
        Optional<Instant> end = token.validity().endAt();
        Optional<Scope.OfWorkspace> workspace = workspace(token.home());
        if (end.isEmpty() || workspace.isEmpty()) {
            return;
        }
        due(token.validity().startAt(), end.get(), now).ifPresent(days -> {
            String event = "token/" + token.id() + "/" + end.get() + "/" + days;
            Message message = message(token, end.get(), now);
            channels.of(tx, workspace.get().workspaceId())
                    .forEach(channel -> notifications.add(tx, channel, event, message, now));
        });
    }

    /// The tightest of the moments that has come.
    static Optional<Integer> due(Instant start, Instant end, Instant now) {
        return DAYS.stream()
                .filter(days -> !now.isBefore(end.minus(Duration.ofDays(days))))
                .findFirst()
                .filter(days -> start.isBefore(end.minus(Duration.ofDays(days))));
    }

    private static Optional<Scope.OfWorkspace> workspace(Scope home) {
        return switch (home) {
            case Scope.OfOrganization _ -> Optional.empty();
            case Scope.OfWorkspace workspace -> Optional.of(workspace);
            case Scope.OfDeployment deployment -> Optional.of(deployment.workspace());
        };
    }

    private static Message message(ApiToken token, Instant end, Instant now) {
        long days = Math.max(1, Duration.between(now, end).plusHours(12).toDays());
        return new Message(
                "API token '" + token.name() + "' expires in " + days + (days == 1 ? " day" : " days"),
                List.of(
                        new Message.Line("Ends with", token.shortToken()),
                        new Message.Line(
                                "Expires at",
                                end.truncatedTo(ChronoUnit.SECONDS).toString()),
                        new Message.Line(
                                "Last used at",
                                token.lastUsedAt()
                                        .map(at -> at.truncatedTo(ChronoUnit.SECONDS)
                                                .toString())
                                        .orElse("never")),
                        new Message.Line(
                                "What to do", "rotate it, and give the new value to the pipelines that use it")),
                Optional.empty());
    }
}
