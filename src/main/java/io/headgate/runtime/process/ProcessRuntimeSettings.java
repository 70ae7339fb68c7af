package io.headgate.runtime.process;

import io.headgate.kernel.SecretText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What the process runtime is configured with.
///
/// @param data the data folder; others must be able to pass it when we are root
/// @param cache where Airflow is installed; may be shared with other data folders
/// @param python the interpreter to use instead of searching one
/// @param root whether each Deployment gets a user id of its own, from `firstUid` on
/// @param sharedUserAllowed whether several Deployments may run under our own user when we are not root
/// @param taskGrace how long running tasks may take to finish when their scheduler stops
/// @param handOverGrace how long they may take when another scheduler has taken over and nobody waits (D24)
/// @param limits what each Deployment may use while it runs
/// @param environment ours, of which only the settings of the package index are used
/// @param pythonIndex where the packages that Deployments ask for come from, with credentials; else as in `environment`
public record ProcessRuntimeSettings(
        Path data,
        Path cache,
        Optional<Path> python,
        boolean root,
        int firstUid,
        int uidCount,
        boolean sharedUserAllowed,
        Duration taskGrace,
        Duration handOverGrace,
        RunningLimits limits,
        Map<String, String> environment,
        Optional<SecretText> pythonIndex) {

    public ProcessRuntimeSettings {
        data = data.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
    }
}
