package io.headgate.launch;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// What happens to the audit log by the clock: every second what was committed is sealed, and refused uses and changes
/// in Airflow are written down; every hour what is too old goes.
final class AuditTimer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AuditTimer.class);
    private static final long LAST_WORK_SECONDS = 10;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("audit").daemon().factory());
    private final ControlPlane controlPlane;

    private AuditTimer(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    static AuditTimer start(ControlPlane controlPlane) {
        AuditTimer audit = new AuditTimer(controlPlane);
        var _ = audit.timer.scheduleWithFixedDelay(
                () -> attempt("writing down refused uses", audit::writeRefusals), 0, 1, TimeUnit.SECONDS);
        var _ = audit.timer.scheduleWithFixedDelay(
                () -> attempt("writing down changes in Airflow", audit::writeChanges), 0, 1, TimeUnit.SECONDS);
        var _ = audit.timer.scheduleWithFixedDelay(
                () -> attempt("sealing the audit log", audit::seal), 0, 1, TimeUnit.SECONDS);
        var _ = audit.timer.scheduleWithFixedDelay(
                () -> attempt("removing what is too old from the audit log", audit::retain), 1, 60, TimeUnit.MINUTES);
        return audit;
    }

    /// Does it all once more: what was acknowledged before a clean stop is sealed when it ends.
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (timer.awaitTermination(LAST_WORK_SECONDS, TimeUnit.SECONDS)) {
                attempt("writing down refused uses", this::writeRefusals);
                attempt("writing down changes in Airflow", this::writeChanges);
                attempt("sealing the audit log", this::seal);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeRefusals() {
        controlPlane.retiredSecrets().refresh();
        controlPlane.refusalLog().flush();
    }

    private void writeChanges() {
        controlPlane.airflowChangeLog().flush();
    }

    private void seal() {
        var _ = controlPlane.audit().sealer().seal();
    }

    private void retain() {
        controlPlane.audit().retention().run();
        controlPlane.retiredSecrets().forgetOld();
    }

    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            // a timer that throws would never run again
            LOG.warn(what + " failed and will be tried again", e);
        }
    }
}
