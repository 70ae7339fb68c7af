package io.headgate.runtime.process;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How one component is to be started: command and exact environment.
///
/// @param apiPort the port of the api-server of the same generation, which the environment names
record Launch(List<String> command, Map<String, String> environment, int apiPort) {
    Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// Differs when a running process would have to be replaced to be what this describes.
    String configHash() {
        return Fingerprint.of(command + "\n" + new TreeMap<>(environment)).hex();
    }

    /// The environment holds every secret of the Deployment.
    @Override
    public String toString() {
        return "Launch[" + command + "]";
    }
}
