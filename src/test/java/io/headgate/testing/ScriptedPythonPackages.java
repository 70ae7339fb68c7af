package io.headgate.testing;

import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.PythonLock;
import io.headgate.deployment.PythonPackages;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/// Resolves by hand: what holds `no-such-package` or `conflict` is refused, everything else is locked as it is.
public final class ScriptedPythonPackages implements PythonPackages {
    private final LongAdder resolutions = new LongAdder();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    @Override
    public Resolution resolve(DesiredAirflow airflow, String requirements) {
        resolutions.increment();
        meanwhile.getAndSet(() -> {}).run();
        if (requirements.contains("conflict")) {
            return new Resolution.Refused("because conflict==1 depends on nothing that exists");
        }
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
