package io.headgate.deployment;

import java.util.List;
import java.util.Optional;

/// The code that a Deployment's Airflow is to serve.
///
/// @param dagIds the DAGs that were found in it when it was validated: it is live when Airflow serves exactly these
/// @param python the packages that came with it; empty when it has no `requirements.txt`
public record DesiredCode(BundleVersion version, List<String> dagIds, Optional<PythonLock> python) {
    public DesiredCode {
        dagIds = List.copyOf(dagIds);
    }
}
