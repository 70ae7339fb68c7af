package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.access.Caller;
import io.headgate.deployment.Deployment;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.SecretText;
import io.headgate.organization.NewWorkspace;
import io.headgate.organization.Workspace;
import io.headgate.testing.TestControlPlane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A failed run is told once, whatever happens in between, on a real database and to a real webhook.
final class AlertsTest {
    private final TestControlPlane test = new TestControlPlane();
    private final ReceivedWebhooks webhooks = new ReceivedWebhooks();
    private final Deployment place = test.own();

    @AfterEach
    void close() {
        webhooks.close();
        test.close();
    }

    @Test
    void tellsOfEachFailureOnceAndOnlyOfThose() throws Exception {
        alert("every", List.of());
        test.failedRuns().add(place.id(), "before", "run", now().minusSeconds(1));
        test.failedRuns().add(place.id(), "daily", "run <1>", later());
        test.failedRuns().add(test.sibling().id(), "elsewhere", "run", later());

        notifyTwice();

        assertThat(webhooks.texts()).singleElement().asString().startsWith("*CRITICAL: DAG daily failed*");
        assertThat(webhooks.texts().getFirst())
                .contains(
                        "Deployment: prod",
                        "Workspace: Data",
                        "DAG run: run &lt;1&gt;",
                        "Started at: 2026-01-02T03:03:")
                .contains("/dags/daily/runs/run%20%3C1%3E");

        // the same run, cleared and failed again
        test.failedRuns().add(place.id(), "daily", "run <1>", later());
        notifyTwice();
        assertThat(webhooks.texts()).hasSize(2);
    }

    @Test
    void tellsOnlyOfDagsThatMatch() throws Exception {
        alert(
                "some",
                List.of(
                        new DagPattern(DagPattern.Operator.INCLUDES, List.of("sales")),
                        new DagPattern(DagPattern.Operator.IS_NOT, List.of("sales_test"))));
        for (String dag : List.of("sales_daily", "sales_test", "other")) {
            test.failedRuns().add(place.id(), dag, "run", later());
        }

        notifyTwice();

        assertThat(webhooks.texts()).singleElement().asString().contains("sales_daily");
    }

    /// What fails while nobody can look is told afterwards, also by another server over the same database.
    @Test
    void missesNothingWhileAirflowOrHeadgateIsAway() throws Exception {
        alert("every", List.of());
        test.failedRuns().away(true);
        test.failedRuns().add(place.id(), "daily", "run", later());
        notifyTwice();
        assertThat(webhooks.texts()).isEmpty();

        test.failedRuns().away(false);
        var restarted = test.restarted().notifications();
        restarted.failures().run();
        restarted.deliveries().run();

        assertThat(webhooks.texts()).hasSize(1);
    }

    @Test
    void triesAgainWithGrowingPausesAndSaysSoOnTheChannel() throws Exception {
        NotificationChannel channel = channel("team");
        alert("every", List.of(), channel);
        test.failedRuns().add(place.id(), "daily", "run", later());
        webhooks.answer(503);
        notifyTwice();
        assertThat(webhooks.texts()).hasSize(1);
        assertThat(view(channel).lastError()).get().asString().contains("attempt 1: its webhook answered 503");
        assertThat(view(channel).lastError().orElseThrow()).doesNotContain("very-secret-path");

        test.clock().advance(Duration.ofSeconds(9));
        notifyTwice();
        assertThat(webhooks.texts()).as("not yet").hasSize(1);
        test.clock().advance(Duration.ofSeconds(2));
        notifyTwice();
        assertThat(webhooks.texts()).hasSize(2);

        webhooks.answer(200);
        test.clock().advance(Duration.ofMinutes(1));
        notifyTwice();
        assertThat(webhooks.texts()).hasSize(3);
        assertThat(view(channel).lastError()).isEmpty();
        test.clock().advance(Duration.ofDays(2));
        notifyTwice();
        assertThat(webhooks.texts()).as("delivered is delivered").hasSize(3);
    }

    @Test
    void givesUpADayLater() throws Exception {
        NotificationChannel channel = channel("team");
        alert("every", List.of(), channel);
        test.failedRuns().add(place.id(), "daily", "run", later());
        webhooks.answer(404);
        for (int i = 0; i < 20; i++) {
            notifyTwice();
            test.clock().advance(Duration.ofHours(13));
        }

        assertThat(webhooks.texts()).hasSize(8);
        assertThat(view(channel).lastError()).get().asString().endsWith("not tried again");
    }

    /// The one channel is of another Workspace: as unknown as one that does not exist.
    @Test
    void takesNoChannelOfAnotherWorkspace() {
        Workspace other = test.controlPlane()
                .workspaces()
                .create(test.owner(), test.organizationId(), new NewWorkspace("Other", "", false));
        NotificationChannel foreign = channel("theirs", other);

        assertThatThrownBy(() -> alert("every", List.of(), foreign))
                .hasMessageContaining("notificationChannelIds must name notification channels of the Deployment's");
        assertThat(alert("control", List.of()).channels()).hasSize(1);
    }

    @Test
    void endWithTheirDeploymentAndChannelsWithTheirWorkspace() {
        NotificationChannel channel = channel("team");
        alert("every", List.of(), channel);
        assertThatThrownBy(() -> channels().delete(test.owner(), test.organizationId(), channel.id()))
                .hasMessageContaining("told by alerts: delete them first: every");

        for (Deployment deployment : List.of(place, test.sibling())) {
            test.controlPlane().deployments().delete(test.owner(), test.organizationId(), deployment.id());
        }
        assertThat(test.controlPlane()
                        .alerts()
                        .list(
                                test.owner(),
                                test.organizationId(),
                                new AlertFilter(List.of(), List.of(), List.of()),
                                PageRequest.first())
                        .items())
                .isEmpty();
        assertThat(view(channel)).as("control: still there").isNotNull();
        test.controlPlane()
                .workspaces()
                .delete(test.owner(), test.organizationId(), test.workspace().id());
        assertThatThrownBy(() -> view(channel)).hasMessageContaining("not found");
    }

    /// 30, 14, 7 and 1 days before, each once; a rotated token has a new end.
    @Test
    void warnsOfTokensThatAreAboutToExpire() throws Exception {
        channel("team");
        test.token(place.id(), "long", OptionalInt.of(60));
        test.token(place.id(), "short", OptionalInt.of(5));
        test.token(place.id(), "endless", OptionalInt.empty());
        Instant start = now();
        List<Integer> told = new ArrayList<>();
        for (int day = 1; day <= 62; day++) {
            test.clock().advance(Duration.ofDays(1));
            int before = webhooks.texts().size();
            test.controlPlane().notifications().expiries().run();
            test.controlPlane().notifications().expiries().run();
            test.controlPlane().notifications().deliveries().run();
            if (webhooks.texts().size() > before) {
                told.add((int) Duration.between(start, now()).toDays());
            }
        }

        assertThat(told).containsExactly(4, 30, 46, 53, 59);
        assertThat(webhooks.texts().getFirst()).contains("API token 'short' expires in 1 day");
        assertThat(webhooks.texts().getLast()).contains("API token 'long' expires in 1 day", "Ends with: ");
        assertThat(webhooks.texts()).noneMatch(text -> text.contains("endless"));
    }

    private NotificationChannels channels() {
        return test.controlPlane().notificationChannels();
    }

    private NotificationChannel view(NotificationChannel channel) {
        return channels().view(test.owner(), test.organizationId(), channel.id());
    }

    private NotificationChannel channel(String name) {
        return channel(name, test.workspace());
    }

    private NotificationChannel channel(String name, Workspace workspace) {
        return channels()
                .create(
                        test.owner(),
                        test.organizationId(),
                        new NewNotificationChannel(
                                workspace.id(), name, ChannelType.SLACK, new SecretText(webhooks.url())));
    }

    private Alert alert(String name, List<DagPattern> patterns) {
        return alert(name, patterns, channel("channel of " + name));
    }

    private Alert alert(String name, List<DagPattern> patterns, NotificationChannel channel) {
        Caller owner = test.owner();
        return test.controlPlane()
                .alerts()
                .create(
                        owner,
                        test.organizationId(),
                        new NewAlert(
                                place.id(),
                                name,
                                AlertType.DAG_FAILURE,
                                Severity.CRITICAL,
                                patterns,
                                List.of(channel.id())));
    }

    private Instant now() {
        return test.clock().instant();
    }

    private Instant later() {
        test.clock().advance(Duration.ofSeconds(1));
        return now();
    }

    private void notifyTwice() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            test.controlPlane().notifications().failures().run();
            test.controlPlane().notifications().deliveries().run();
        }
    }
}
