package io.headgate.testing;

import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.PythonLock;
import io.headgate.deployment.PythonPackages;

/// Resolves everything to itself, except what holds `conflict`.
public final class ScriptedPythonPackages implements PythonPackages {

    @Override
    public Resolution resolve(DesiredAirflow airflow, String requirements) {
        return requirements.contains("conflict")
                ? new Resolution.Refused("because conflict==1 depends on nothing that exists")
                : new Resolution.Resolved(new PythonLock(requirements, requirements + " --hash=x", true));
    }
}
