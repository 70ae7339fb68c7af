package io.headgate.deployment;

import java.util.List;

/// What a change did to a Deployment, or would do.
///
/// @param changedSecrets keys of secrets that have another value, or are secrets from now on
/// @param restarts whether its Airflow starts again for it
public record DeploymentChanged(Deployment before, Deployment after, List<String> changedSecrets, boolean restarts) {
    public DeploymentChanged {
        changedSecrets = List.copyOf(changedSecrets);
    }
}
