package io.headgate.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.headgate.kernel.FailPoint;
import io.headgate.kernel.SecretText;
import io.headgate.storage.SecretBox;
import io.headgate.storage.Transactions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Delivers what is to be told, and tries again later what could not be delivered (A14).
///
/// A message that was delivered right before a crash, and not yet marked, is delivered again: rather twice than never.
public final class Deliveries implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Deliveries.class);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final int ROUND = 50;

    /// After each failed attempt; no more after the last.
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(12));

    /// Long after it may happen again that the same event is found.
    private static final Duration KEPT = Duration.ofDays(90);

    private final Transactions transactions;
    private final Clock clock;
    private final WebhookTargets targets;
    private final NotificationChannelStore channels;
    private final NotificationStore store = new NotificationStore();
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    public Deliveries(Transactions transactions, Clock clock, WebhookTargets targets, SecretBox secretBox) {
        this.transactions = transactions;
        this.clock = clock;
        this.targets = targets;
        this.channels = new NotificationChannelStore(secretBox);
    }

    /// Tries everything that is due, some dozens at most.
    public void run() throws InterruptedException {
        for (int i = 0; i < ROUND; i++) {
            Instant now = clock.instant();
            Optional<NotificationStore.Due> due =
                    transactions.inTransaction(tx -> store.take(tx, now, now.plus(PAUSES.getFirst())));
            if (due.isEmpty()) {
                break;
            }
            deliver(due.get());
        }
        transactions.useTransaction(tx -> store.forget(tx, clock.instant().minus(KEPT)));
    }

    private void deliver(NotificationStore.Due due) throws InterruptedException {
        Optional<SecretText> url = transactions.inTransaction(tx -> channels.webhookUrl(tx, due.channelId()));
        if (url.isEmpty()) {
            return; // the channel was deleted, and this with it
        }
        Optional<String> trouble = post(url.get(), due.message());
        FailPoint.NOTIFICATION_SENT_BEFORE_COMMIT.pass();
        if (trouble.isEmpty()) {
            transactions.useTransaction(tx -> store.delivered(tx, due.id(), clock.instant()));
            return;
        }
        Optional<Instant> next = due.attempts() <= PAUSES.size()
                ? Optional.of(clock.instant().plus(PAUSES.get(due.attempts() - 1)))
                : Optional.empty();
        String words = "attempt " + due.attempts() + ": " + trouble.get()
                + next.map(at -> "; tried again at " + at).orElse("; not tried again");
        LOG.warnf("notification channel %s: %s", due.channelId(), words);
        transactions.useTransaction(tx -> store.failed(tx, due.id(), words, next));
    }

    /// What went wrong; never says where to, which is a secret.
    private Optional<String> post(SecretText webhookUrl, Message message) throws InterruptedException {
        Optional<URI> target = targets.target(webhookUrl);
        if (target.isEmpty()) {
            return Optional.of("its webhook URL is not allowed any more");
        }
        Optional<String> refusal = targets.refusal(target.get());
        if (refusal.isPresent()) {
            return refusal;
        }
        try {
            String body = json.writeValueAsString(
                    JsonNodeFactory.instance.objectNode().put("text", SlackText.of(message)));
            HttpRequest request = HttpRequest.newBuilder(target.get())
                    .timeout(ANSWER_LIMIT)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 300 ? Optional.empty() : Optional.of("its webhook answered " + status);
        } catch (IOException e) {
            return Optional.of("its webhook cannot be reached (" + e.getClass().getSimpleName() + ")");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
