package io.headgate.testing;

import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.PythonLock;
import io.headgate.deployment.PythonPackages;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/// Resolves by hand: whatever holds `no-such-package` is refused, everything else is locked as it is.
public final class TestPackages implements PythonPackages {
    private final LongAdder resolutions = new LongAdder();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    @Override
    public Resolution resolve(DesiredAirflow airflow, String requirements) {
        resolutions.increment();
        meanwhile.getAndSet(() -> {}).run();
        return requirements.contains("no-such-package")
                ? new Resolution.Refused("no-such-package was not found in the package registry")
                : new Resolution.Resolved(new PythonLock(requirements, "locked " + requirements, true));
    }

    /// Does something while the next resolution goes on.
    public void meanwhile(Runnable action) {
        meanwhile.set(action);
    }

    public long resolutions() {
        return resolutions.sum();
    }
}
