package io.headgate.runtime;

import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.kernel.DeploymentId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Drives one Deployment on a thread of its own, so that a slow one keeps nobody waiting.
///
/// While it has not come up yet it holds the one permit to start: two Airflows starting at once on a small host both
/// take twice as long. Once it has, it needs no permit again, also not to restart a component.
final class DeploymentLoop {
    /// Taking over what runs takes milliseconds each; nobody needs to hear of that queue.
    private static final Duration UNTOLD_WAIT = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(DeploymentLoop.class);

    private final DeploymentId id;
    private final AirflowRuntime runtime;
    private final DesiredDeployments desired;
    private final Pace pace;
    private final Semaphore starts;
    private final Bell bell = new Bell();
    private final Thread thread;
    private volatile Assignment assignment;
    private final AtomicLong wakes = new AtomicLong();
    private long wakesBeforePass;
    private long wakesTold;
    private boolean mayStart;
    private boolean cameUp;
    private boolean deaf;
    private int failures;
    private @Nullable Observation last;
    private @Nullable Told told;

    /// What was said last. Of which revision is part of it: what was seen of an earlier one counts for nothing, so the
    /// same must be said again of the next.
    private record Told(long revision, Observation observation) {}

    /// What it is to do; a new one replaces the one before.
    sealed interface Assignment {
        record Run(DesiredAirflow airflow) implements Assignment {}

        record Retire(DesiredAirflow airflow) implements Assignment {}

        /// Nothing any more: end.
        record Leave() implements Assignment {}
    }

    DeploymentLoop(
            DeploymentId id,
            AirflowRuntime runtime,
            DesiredDeployments desired,
            Pace pace,
            Semaphore starts,
            Assignment first) {
        this.id = id;
        this.runtime = runtime;
        this.desired = desired;
        this.pace = pace;
        this.starts = starts;
        this.assignment = first;
        this.thread = Thread.ofVirtual().name("deployment-" + id).unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    boolean ended() {
        return !thread.isAlive();
    }

    /// Gives it the latest; what it is in the middle of is broken off if it is to do something else altogether.
    void assign(Assignment next) {
        boolean another = next.getClass() != assignment.getClass();
        assignment = next;
        if (another) {
            thread.interrupt();
        }
    }

    /// Makes it look now, and tell what it sees even if that is what it saw before.
    void wake() {
        wakes.incrementAndGet();
        bell.ring();
    }

    boolean join(Duration limit) throws InterruptedException {
        return thread.join(limit);
    }

    private void loop() {
        try {
            while (!done()) {
                // kept until there is something else to do
            }
        } finally {
            if (mayStart) {
                starts.release();
            }
        }
    }

    /// One round; whether it was the last one.
    private boolean done() {
        Assignment now = assignment;
        try {
            return switch (now) {
                case Assignment.Run(DesiredAirflow airflow) -> {
                    look(airflow);
                    yield false;
                }
                case Assignment.Retire(DesiredAirflow airflow) -> retired(airflow);
                case Assignment.Leave() -> true;
            };
        } catch (InterruptedException e) {
            // there is another assignment; the next round looks at it
            return false;
        }
    }

    private void look(DesiredAirflow airflow) throws InterruptedException {
        wakesBeforePass = wakes.get();
        awaitPermit(airflow);
        Duration wait;
        try {
            last = runtime.converge(airflow, progress -> tell(airflow, progress));
            failures = 0;
            wait = pace.after(last);
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                // being told to do something else closes sockets under our hands: that is no news about Airflow
                throw new InterruptedException();
            }
            LOG.errorf(e, "Deployment %s: a pass failed", id);
            failures++;
            wait = pace.afterFailures(failures);
            last = unknown(e);
        }
        if (last.status() != DeploymentStatus.CREATING && last.status() != DeploymentStatus.DEPLOYING) {
            cameUp = true;
            releasePermit();
        }
        tell(airflow, last);
        bell.await(wait);
    }

    private void awaitPermit(DesiredAirflow airflow) throws InterruptedException {
        if (cameUp || mayStart) {
            return;
        }
        if (!starts.tryAcquire(UNTOLD_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            DeploymentStatus status = runtime.hasCreated(id) ? DeploymentStatus.DEPLOYING : DeploymentStatus.CREATING;
            tell(airflow, new Observation(status, "waiting until another Deployment has started", Optional.empty()));
            starts.acquire();
        }
        mayStart = true;
    }

    private void releasePermit() {
        if (mayStart) {
            mayStart = false;
            starts.release();
        }
    }

    private boolean retired(DesiredAirflow airflow) throws InterruptedException {
        releasePermit();
        try {
            runtime.retire(airflow);
            desired.retired(id);
            LOG.infof("Deployment %s has been put away", id);
            return true;
        } catch (RuntimeException e) {
            LOG.errorf(e, "Deployment %s cannot be put away yet", id);
            failures++;
            bell.await(pace.afterFailures(failures));
            return false;
        }
    }

    /// What was reachable stays reachable: that we fail says nothing about Airflow.
    private Observation unknown(RuntimeException e) {
        Optional<InetSocketAddress> upstream = last == null ? Optional.empty() : last.upstream();
        return new Observation(DeploymentStatus.UNKNOWN, "its state cannot be determined: " + e.getMessage(), upstream);
    }

    private void tell(DesiredAirflow airflow, Observation observation) {
        // only a look that began after somebody woke us is what they wait for
        boolean anyway = wakesBeforePass > wakesTold;
        Told telling = new Told(airflow.revision(), observation);
        if (telling.equals(told) && !anyway) {
            return;
        }
        try {
            desired.observed(airflow, observation);
            told = telling;
            deaf = false;
            wakesTold = wakesBeforePass;
        } catch (RuntimeException e) {
            // told again after the next look
            told = null;
            if (!deaf) {
                deaf = true;
                LOG.warnf("Deployment %s: its status cannot be recorded: %s", id, e.getMessage());
            }
        }
    }
}
