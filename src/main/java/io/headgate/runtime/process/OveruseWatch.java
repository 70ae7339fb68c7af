package io.headgate.runtime.process;

import io.headgate.host.ProcessorShare;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Ends what a Deployment runs beyond its limits. The kernel refuses a fork bomb more processes and leaves those that
/// it
/// has, and without control groups nobody adds up the memory of many.
///
/// Each of the two looks has a thread of its own: {@link MemoryOveruse} can be held up by a process that is forking,
/// and
/// {@link ProcessOveruse} goes before everything else on the processors, for hundreds of busy processes leave an
/// ordinary
/// thread next to nothing. Over a limit again within seconds: everything goes, and supervision starts Airflow anew.
///
/// Only as root: under a shared user nobody can tell whose a process is.
final class OveruseWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OveruseWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS_AT_A_SWARM = Duration.ofMillis(100);

    private final ProcessOveruse processes;
    private final MemoryOveruse memory;
    private final ScheduledExecutorService first = timer("processes-overuse");
    private final ScheduledExecutorService ordinary = timer("memory-overuse");

    /// @param deployments by the user that each runs under
    OveruseWatch(RunningLimits limits, Supplier<Map<Integer, DeploymentFolder>> deployments) {
        Relapses relapses = new Relapses();
        this.processes = new ProcessOveruse(limits, deployments, relapses);
        this.memory = new MemoryOveruse(limits, deployments, relapses);
    }

    OveruseWatch begin() {
        first.execute(OveruseWatch::goFirst);
        first.execute(this::lookAtProcesses);
        long between = BETWEEN_LOOKS.toMillis();
        var _ = ordinary.scheduleWithFixedDelay(
                () -> attempt("memory", memory::look), between, between, TimeUnit.MILLISECONDS);
        return this;
    }

    @Override
    public void close() {
        first.shutdownNow();
        ordinary.shutdownNow();
    }

    private void lookAtProcesses() {
        boolean swarm = attempt("processes", processes::look);
        Duration pause = swarm ? BETWEEN_LOOKS_AT_A_SWARM : BETWEEN_LOOKS;
        if (!first.isShutdown()) {
            var _ = first.schedule(this::lookAtProcesses, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void goFirst() {
        try {
            if (!ProcessorShare.goFirst()) {
                LOG.info("a fork bomb may take a while to be ended: this thread cannot go before others (chrt)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Look {
        boolean look() throws InterruptedException;
    }

    /// A timer that throws would never look again.
    private static boolean attempt(String what, Look look) {
        try {
            return look.look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf(e, "%s of Deployments could not be looked at; tried again in a second", what);
        }
        return false;
    }

    private static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }
}
