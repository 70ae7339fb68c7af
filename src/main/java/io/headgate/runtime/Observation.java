package io.headgate.runtime;

import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.DeploymentStatus;
import java.net.InetSocketAddress;
import java.util.Optional;

/// What a runtime found after one pass over a Deployment.
///
/// @param reason one sentence that says what is so and what a person can do; empty when healthy
/// @param upstream where its api-server answers; present exactly if it does
/// @param live the desired code if Airflow serves exactly that; empty while it does not, or cannot be asked
public record Observation(
        DeploymentStatus status, String reason, Optional<InetSocketAddress> upstream, Optional<BundleVersion> live) {

    public Observation(DeploymentStatus status, String reason, Optional<InetSocketAddress> upstream) {
        this(status, reason, upstream, Optional.empty());
    }

    public static Observation healthy(InetSocketAddress upstream) {
        return new Observation(DeploymentStatus.HEALTHY, "", Optional.of(upstream));
    }
}
