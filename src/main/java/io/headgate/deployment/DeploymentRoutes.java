package io.headgate.deployment;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    void putIfAbsent(DeploymentRoute route) {
        byNamespace.putIfAbsent(route.namespace(), route);
    }

    /// Changes a route that is there; a Deployment deleted meanwhile does not come back.
    void replace(DeploymentRoute route) {
        byNamespace.replace(route.namespace(), route);
    }

    void retain(Set<String> namespaces) {
        byNamespace.keySet().retainAll(namespaces);
    }
}
