package io.headgate.deployment;

import io.headgate.access.Scope;
import java.net.InetSocketAddress;

/// Where the gateway finds one Deployment's Airflow right now.
public record DeploymentRoute(Scope.OfDeployment scope, String namespace, State state) {

    /// Whether requests can be relayed.
    public sealed interface State {
        /// Relay to `upstream`, with a short token signed as `signing` says; `airflowVersion` picks the route table.
        record Serving(InetSocketAddress upstream, AirflowTokenSigning signing, String airflowVersion)
                implements State {}

        /// Answer 503 with this reason; the caller may try again after so many seconds.
        record NotServing(String reason, int retryAfterSeconds) implements State {}
    }
}
