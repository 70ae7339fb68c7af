package io.headgate.runtime;

import io.headgate.deployment.DesiredAirflow;
import io.headgate.kernel.DeploymentId;
import io.headgate.runtime.DeploymentLoop.Assignment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/// Keeps a runtime doing what is desired.
///
/// It takes no input: a signal only makes it look sooner. It reads the whole desired state, gives each Deployment to a
/// loop of its own, and looks again after a while in any case. While the desired state cannot be read, the loops go on
/// with what they were last given.
public final class Reconciler {
    private static final Logger LOG = Logger.getLogger(Reconciler.class);

    /// A pass that is broken off still kills what it had started.
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final AirflowRuntime runtime;
    private final DesiredDeployments desired;
    private final Pace pace;
    private final Map<DeploymentId, DeploymentLoop> loops = new HashMap<>();
    private final Semaphore starts = new Semaphore(1, true);
    private final Bell bell = new Bell();
    private final Thread overseer = Thread.ofVirtual().name("reconciler").unstarted(this::oversee);
    private volatile boolean stopping;
    private boolean swept;
    private int failures;

    public Reconciler(AirflowRuntime runtime, DesiredDeployments desired, Pace pace) {
        this.runtime = runtime;
        this.desired = desired;
        this.pace = pace;
    }

    public void start() {
        overseer.start();
    }

    /// Something about Deployments may have changed.
    public void wake() {
        bell.ring();
    }

    /// Stops looking, then everything that runs. Nothing happens afterwards.
    public void stop() throws InterruptedException {
        stopping = true;
        overseer.interrupt();
        if (!overseer.join(STOP_LIMIT)) {
            LOG.warn("the reconciler does not stop; going on without it");
        }
        loops.values().forEach(loop -> loop.assign(new Assignment.Leave()));
        for (DeploymentLoop loop : loops.values()) {
            if (!loop.join(STOP_LIMIT)) {
                LOG.warn("a Deployment's loop does not stop; going on without it");
            }
        }
        runtime.stopAll();
    }

    private void oversee() {
        Duration wait = Duration.ZERO;
        try {
            while (!stopping) {
                boolean woken = bell.await(wait);
                wait = lookAround(woken);
            }
        } catch (InterruptedException e) {
            // only stop() interrupts
        }
    }

    /// Returns how long to wait before the next look.
    private Duration lookAround(boolean woken) throws InterruptedException {
        try {
            Map<DeploymentId, Assignment> assignments = assignments();
            if (!swept) {
                runtime.sweep(Set.copyOf(assignments.keySet()));
                swept = true;
            }
            assign(assignments, woken);
            failures = 0;
            return pace.reread();
        } catch (RuntimeException e) {
            failures++;
            LOG.warnf(e, "what should run cannot be read (attempt %d)", failures);
            return pace.afterFailures(failures);
        }
    }

    /// The deleted ones are read first: one that is deleted between the two readings is merely missing for once.
    private Map<DeploymentId, Assignment> assignments() {
        Map<DeploymentId, Assignment> assignments = new HashMap<>();
        for (DesiredAirflow airflow : desired.toRetire()) {
            assignments.put(airflow.id(), new Assignment.Retire(airflow));
        }
        for (DesiredAirflow airflow : desired.present()) {
            assignments.put(airflow.id(), new Assignment.Run(airflow));
        }
        return assignments;
    }

    private void assign(Map<DeploymentId, Assignment> assignments, boolean woken) {
        loops.values().removeIf(DeploymentLoop::ended);
        loops.forEach((id, loop) -> {
            if (!assignments.containsKey(id)) {
                loop.assign(new Assignment.Leave());
            }
        });
        assignments.forEach((id, assignment) -> {
            DeploymentLoop loop = loops.get(id);
            if (loop == null) {
                loop = new DeploymentLoop(id, runtime, desired, pace, starts, assignment);
                loops.put(id, loop);
                loop.start();
            } else {
                loop.assign(assignment);
                if (woken) {
                    loop.wake();
                }
            }
        });
    }
}
