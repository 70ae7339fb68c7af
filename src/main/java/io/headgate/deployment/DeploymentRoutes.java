package io.headgate.deployment;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The routes of all live Deployments by namespace, in memory: the gateway reads it on every request.
public final class DeploymentRoutes {
    private final Map<String, DeploymentRoute> byNamespace = new ConcurrentHashMap<>();

    public Optional<DeploymentRoute> find(String namespace) {
        return Optional.ofNullable(byNamespace.get(namespace));
    }

    public void put(DeploymentRoute route) {
        byNamespace.put(route.namespace(), route);
    }

    public void remove(String namespace) {
        byNamespace.remove(namespace);
    }
}
