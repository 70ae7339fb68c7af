package io.headgate.gateway;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.Scope;
import io.headgate.access.Subject;
import io.headgate.deployment.DeploymentRoute.State.Serving;
import java.util.Set;

/// A request that may pass: who asks, what they may do in this Deployment's Airflow, and where it goes.
///
/// @param held every Airflow permission of the caller there, not only those that the route needs
record Passage(
        Subject subject,
        Scope.OfDeployment deployment,
        Set<DeploymentPermission> held,
        Serving upstream,
        RequestTarget target,
        Route route) {

    Passage {
        held = Set.copyOf(held);
    }
}
