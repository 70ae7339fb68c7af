package io.headgate.deploy;

import io.headgate.kernel.DeployId;
import io.headgate.kernel.DeploymentId;
import io.headgate.storage.Transactions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Processes the deploys of each Deployment one after the other, in the order in which they were finalized (D17).
///
/// What is to be done stands in the database; a thread exists only while a Deployment has something under way. After a
/// restart {@link #start} goes on from the rows.
public final class DeployQueue implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DeployQueue.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final DeployWork work;
    private final DeployChanges changes;
    private final DeployLimits limits;
    private final DeployStore store = new DeployStore();
    private final Map<DeploymentId, Thread> workers = new HashMap<>();
    private boolean open;

    public DeployQueue(Transactions transactions, DeployWork work, LiveDeploys live, DeployLimits limits) {
        this.transactions = transactions;
        this.work = work;
        this.changes = live.changes();
        this.limits = limits;
    }

    /// Goes on with everything that was acknowledged before; from now on also with what comes.
    public void start() {
        synchronized (workers) {
            open = true;
        }
        resume();
    }

    /// Makes sure that every Deployment with something under way has a worker.
    public void resume() {
        transactions.inTransaction(store::waitingDeployments).forEach(this::wake);
    }

    /// Something was put into that Deployment's queue.
    void wake(DeploymentId id) {
        synchronized (workers) {
            if (open && !workers.containsKey(id)) {
                Thread worker = Thread.ofVirtual().name("deploys-" + id).unstarted(() -> drain(id));
                workers.put(id, worker);
                worker.start();
            }
        }
        changes.tell();
    }

    /// Waits until a deploy is past validation, one way or the other; false if it is not within the limit.
    boolean awaitValidated(DeployId id, Duration limit) throws InterruptedException {
        return changes.await(
                limit,
                () -> transactions
                        .inTransaction(tx -> store.find(tx, id))
                        .map(deploy -> switch (deploy.state()) {
                            case ACTIVATING, DEPLOYED, FAILED -> true;
                            case CREATED, QUEUED, VALIDATING -> false;
                        })
                        .orElse(true));
    }

    /// Breaks off what is being done; the next start does it again.
    @Override
    public void close() {
        Map<DeploymentId, Thread> stopping;
        synchronized (workers) {
            open = false;
            stopping = Map.copyOf(workers);
        }
        stopping.values().forEach(Thread::interrupt);
        try {
            for (Thread worker : stopping.values()) {
                if (!worker.join(STOP_LIMIT)) {
                    LOG.warnf("%s did not stop within %s", worker.getName(), STOP_LIMIT);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(DeploymentId id) {
        try {
            Optional<Deploy> next = next(id);
            while (next.isPresent()) {
                work.process(next.get());
                next = next(id);
            }
        } catch (InterruptedException e) {
            LOG.debugf(
                    "%s stops; the rows tell the next start what is left",
                    Thread.currentThread().getName());
        } finally {
            // also when it died of what nobody foresaw: the next wake makes another one
            synchronized (workers) {
                workers.remove(id, Thread.currentThread());
            }
        }
    }

    /// The next one to process; when there is none the worker is over, decided under the lock that wakes.
    private Optional<Deploy> next(DeploymentId id) throws InterruptedException {
        while (true) {
            try {
                synchronized (workers) {
                    Optional<Deploy> next = transactions.inTransaction(tx -> store.underWay(tx, id)).stream()
                            .filter(deploy -> !work.isBehind(deploy.id()))
                            .findFirst();
                    if (next.isEmpty() || !open) {
                        workers.remove(id);
                        return Optional.empty();
                    }
                    return next;
                }
            } catch (RuntimeException e) {
                LOG.warnf("the deploys of Deployment %s cannot be read: %s", id, e.getMessage());
                changes.pause(limits.pause());
            }
        }
    }
}
