package io.headgate.runtime.process;

import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.PythonLock;
import io.headgate.deployment.PythonPackages;
import io.headgate.host.RunAs;
import io.headgate.kernel.Problem;
import io.headgate.kernel.ProblemException;
import java.util.Optional;

/// Packages for the Deployments of this host.
final class ProcessPythonPackages implements PythonPackages {
    private final ProcessHost host;

    ProcessPythonPackages(ProcessHost host) {
        this.host = host;
    }

    @Override
    public Resolution resolve(DesiredAirflow airflow, String requirements) throws InterruptedException {
        RequirementsText text = new RequirementsText(requirements);
        Optional<String> refusal = text.refusal();
        if (refusal.isPresent()) {
            return new Resolution.Refused(refusal.get());
        }
        if (text.asksForNothing()) {
            return new Resolution.Resolved(new PythonLock(requirements, "", true));
        }
        try {
            return resolve(airflow, text);
        } catch (RuntimeTrouble e) {
            // trouble of this host is nobody's requirement
            throw new ProblemException(
                    Problem.unavailable("python.unavailable", "packages cannot be resolved now: " + e.getMessage()));
        }
    }

    private Resolution resolve(DesiredAirflow airflow, RequirementsText text) throws InterruptedException {
        return switch (host.environments().resolve(airflow, text, () -> user(airflow))) {
            case Resolution.Resolved resolved -> installed(airflow, resolved.lock());
            case Resolution.Refused refused -> refused;
        };
    }

    /// A user id is given away for ever, so only to whom it is needed.
    private RunAs user(DesiredAirflow airflow) {
        return host.user(host.allocations().of(airflow.id()));
    }

    private Resolution installed(DesiredAirflow airflow, PythonLock lock) throws InterruptedException {
        try {
            host.environments().provide(airflow, Optional.of(lock), () -> user(airflow), ignored -> {});
            return new Resolution.Resolved(lock);
        } catch (RuntimeTrouble e) {
            return new Resolution.Refused(String.valueOf(e.getMessage()));
        }
    }
}
