package io.headgate.deployment;

import io.headgate.deployment.DeploymentRoute.State;
import io.headgate.deployment.variable.VariableStore;
import io.headgate.kernel.DeploymentId;
import io.headgate.storage.SecretBox;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The runtime's view: what should run, what must be retired, and what was seen; keeps the gateway's routes true.
public final class DeploymentLifecycle {
    /// A Deployment that is coming up is ready within seconds.
    private static final int RETRY_SECONDS = 5;

    private final Transactions transactions;
    private final Clock clock;
    private final SealedSecrets sealedSecrets;
    private final VariableStore variables;
    private final DeploymentAddresses addresses;
    private final DeploymentRoutes routes;
    private final LiveCode liveCode;
    private final StartSteps steps;
    private final DeploymentStore store = new DeploymentStore();
    private final List<Consumer<DeploymentId>> listeners = new CopyOnWriteArrayList<>();

    public DeploymentLifecycle(
            Transactions transactions,
            Clock clock,
            SecretBox secretBox,
            DeploymentAddresses addresses,
            DeploymentRoutes routes,
            LiveCode liveCode) {
        this.transactions = transactions;
        this.clock = clock;
        this.sealedSecrets = new SealedSecrets(secretBox);
        this.variables = new VariableStore(secretBox);
        this.addresses = addresses;
        this.routes = routes;
        this.liveCode = liveCode;
        this.steps = new StartSteps(clock);
    }

    /// Whoever runs Deployments asks to be told that something about one changed; what changed it reads itself.
    public void onChange(Consumer<DeploymentId> listener) {
        listeners.add(listener);
    }

    /// Reads again what is so about a Deployment, after a transaction that may have changed it.
    void changed(DeploymentId id) {
        refreshRoutes();
        listeners.forEach(listener -> listener.accept(id));
    }

    /// At the start of a server: nobody has looked yet, so nothing is claimed and nothing relayed.
    public void begin() {
        transactions.useTransaction(tx -> store.forgetObservations(tx, "Headgate has just started and is looking"));
        refreshRoutes();
    }

    /// Every Deployment that should run.
    public List<DesiredAirflow> present() {
        return transactions.inTransaction(tx -> desired(tx, store.present(tx)));
    }

    /// One of them as it is to run; empty when it is deleted.
    public Optional<DesiredAirflow> present(DeploymentId id) {
        return transactions.inTransaction(tx -> store.present(tx, id).map(run -> desired(tx, run)));
    }

    /// Makes Airflow serve other code: DEPLOYING until a runtime has seen it do so (D3). For features that decide about
    /// code; the rights are theirs to check.
    public void desireCode(Transaction transaction, DeploymentId id, DesiredCode code, String reason) {
        store.desireCode(transaction, id, code);
        store.revise(transaction, id, reason);
        transaction.afterwards(() -> changed(id));
    }

    /// Lets DAGs be deployed again where that was switched off since: a rollback brings back that setting too (H7).
    public void enableDagDeploy(Transaction transaction, DeploymentId id) {
        store.enableDagDeploy(transaction, id);
    }

    /// Deleted Deployments whose processes, files and database are still to be put away.
    public List<DesiredAirflow> toRetire() {
        return transactions.inTransaction(tx -> desired(tx, store.toRetire(tx)));
    }

    /// Lets the gateway relay to it, or not, and records what a runtime found; the first also while the database is
    /// away.
    public void observed(
            DesiredAirflow airflow,
            DeploymentStatus status,
            String reason,
            Optional<InetSocketAddress> upstream,
            Optional<BundleVersion> live) {
        steps.note(airflow.id(), status, reason);
        routes.replace(new DeploymentRoute(
                airflow.scope(),
                airflow.namespace(),
                upstream.<State>map(at -> new State.Serving(
                                at, airflow.signing(), airflow.release().airflowVersion()))
                        .orElseGet(() -> new State.NotServing(reason, RETRY_SECONDS))));
        transactions.useTransaction(tx -> {
            store.observe(tx, airflow, status, reason, live);
            live.ifPresent(version -> liveCode.live(tx, airflow.id(), version));
        });
    }

    /// What has been done since it last began to start, oldest first; empty if this process has not seen any of it.
    public List<StartStep> steps(DeploymentId id) {
        return steps.of(id);
    }

    public void retired(DeploymentId id) {
        transactions.useTransaction(tx -> store.retired(tx, id, clock.instant()));
    }

    /// Makes a route for every Deployment that has none yet, and takes away those of deleted ones.
    private void refreshRoutes() {
        List<Deployment> present = transactions.inTransaction(store::present).stream()
                .map(DeploymentStore.Run::deployment)
                .toList();
        present.forEach(deployment -> routes.putIfAbsent(new DeploymentRoute(
                deployment.scope(),
                deployment.namespace(),
                new State.NotServing("the Deployment is starting", RETRY_SECONDS))));
        Set<String> alive = present.stream().map(Deployment::namespace).collect(Collectors.toUnmodifiableSet());
        routes.retain(alive);
    }

    private List<DesiredAirflow> desired(Transaction transaction, List<DeploymentStore.Run> runs) {
        return runs.stream().map(run -> desired(transaction, run)).toList();
    }

    DesiredAirflow desired(Transaction transaction, DeploymentStore.Run run) {
        Deployment deployment = run.deployment();
        return new DesiredAirflow(
                deployment.scope(),
                deployment.namespace(),
                run.airflowName(),
                deployment.release(),
                addresses.browser(deployment.namespace()),
                addresses.tokenIssuer(deployment.id()),
                run.dagsPausedAtCreation(),
                sealedSecrets.open(deployment.id(), run.sealedSecrets()),
                run.revision(),
                run.code(),
                run.python(),
                variables.all(transaction, deployment.id()));
    }
}
