package io.headgate.alert;

import io.headgate.alert.FailedRuns.FailedRun;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentLifecycle;
import io.headgate.deployment.Deployments;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.FailPoint;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Looks for failed DAG runs in Deployments that have alerts, and notes what is to be told of them.
///
/// How far it has looked stands in the database, so that what fails while Headgate is down is told when it is up again.
public final class FailureWatch {
    /// Airflow writes the time of an end before it commits it.
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private final Transactions transactions;
    private final Clock clock;
    private final DeploymentLifecycle lifecycle;
    private final Deployments deployments;
    private final DeploymentAddresses addresses;
    private final FailedRuns failedRuns;
    private final AlertStore alerts = new AlertStore();
    private final NotificationStore notifications = new NotificationStore();

    /// What it needs from elsewhere.
    public record Needs(
            Transactions transactions,
            Clock clock,
            DeploymentLifecycle lifecycle,
            Deployments deployments,
            DeploymentAddresses addresses,
            FailedRuns failedRuns) {}

    public FailureWatch(Needs needs) {
        this.transactions = needs.transactions;
        this.clock = needs.clock;
        this.lifecycle = needs.lifecycle;
        this.deployments = needs.deployments;
        this.addresses = needs.addresses;
        this.failedRuns = needs.failedRuns;
    }

    /// Once around all Deployments that have alerts.
    public void run() throws InterruptedException {
        for (DeploymentId id : transactions.inTransaction(alerts::watched)) {
            Optional<DesiredAirflow> airflow = lifecycle.present(id);
            if (airflow.isPresent()) {
                look(airflow.get());
            }
        }
    }

    private void look(DesiredAirflow airflow) throws InterruptedException {
        List<Alert> rules = transactions.inTransaction(tx -> alerts.of(tx, airflow.id()));
        Optional<Instant> first =
                rules.stream().map(rule -> rule.authorship().createdAt()).min(Instant::compareTo);
        if (first.isEmpty()) {
            return;
        }
        Instant since = transactions
                .inTransaction(tx -> notifications.seenUntil(tx, airflow.id()))
                .map(seen -> seen.minus(OVERLAP))
                .filter(first.get()::isBefore)
                .orElse(first.get());
        Optional<List<FailedRun>> failed = failedRuns.since(airflow, since);
        if (failed.isPresent() && !failed.get().isEmpty()) {
            transactions.useTransaction(tx -> note(tx, airflow, failed.get()));
            FailPoint.ALERT_NOTE_AFTER_COMMIT.pass();
        }
    }

    private void note(Transaction tx, DesiredAirflow airflow, List<FailedRun> failed) {
        Optional<Deployment> deployment =
                deployments.findForUpdate(tx, airflow.scope().organizationId(), airflow.id());
        if (deployment.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        // read again: an alert may have been deleted while Airflow was asked
        for (Alert rule : alerts.of(tx, airflow.id())) {
            failed.stream()
                    .filter(run -> !run.failed().isBefore(rule.authorship().createdAt()))
                    .filter(run -> rule.concerns(run.dagId()))
                    .forEach(run -> rule.channels()
                            .forEach(channel -> notifications.add(
                                    tx,
                                    channel.id(),
                                    event(rule, run),
                                    message(rule, run, deployment.get(), now),
                                    now)));
        }
        notifications.saw(tx, airflow.id(), failed.getLast().failed());
        FailPoint.ALERT_NOTE_BEFORE_COMMIT.pass();
    }

    private static String event(Alert rule, FailedRun run) {
        return "alert/" + rule.id() + "/" + run.dagId() + "/" + run.runId() + "/" + run.failed();
    }

    private Message message(Alert rule, FailedRun run, Deployment deployment, Instant now) {
        return new Message(
                rule.severity() + ": DAG " + run.dagId() + " failed",
                List.of(
                        new Message.Line("Alert", rule.name()),
                        new Message.Line("Workspace", deployment.workspaceName()),
                        new Message.Line("Deployment", deployment.name()),
                        new Message.Line("DAG run", run.runId()),
                        new Message.Line(
                                "Started at",
                                run.started().map(FailureWatch::time).orElse("never")),
                        new Message.Line("Failed at", time(run.failed())),
                        new Message.Line("Notified at", time(now))),
                Optional.of(addresses.browser(deployment.namespace()) + "/dags/" + encoded(run.dagId()) + "/runs/"
                        + encoded(run.runId())));
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
