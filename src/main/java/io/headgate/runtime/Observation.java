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
/// @param passing whether this will have changed within about a second, so that it is worth looking again at once
public record Observation(
        DeploymentStatus status,
        String reason,
        Optional<InetSocketAddress> upstream,
        Optional<BundleVersion> live,
        boolean passing) {

    public Observation(DeploymentStatus status, String reason, Optional<InetSocketAddress> upstream) {
        this(status, reason, upstream, Optional.empty(), false);
    }

    public static Observation healthy(InetSocketAddress upstream) {
        return new Observation(DeploymentStatus.HEALTHY, "", Optional.of(upstream));
    }

    /// The same with another verdict.
    public Observation as(DeploymentStatus another, String because) {
        return new Observation(another, because, upstream, live, passing);
    }

    /// The same, reached elsewhere.
    public Observation at(Optional<InetSocketAddress> another) {
        return new Observation(status, reason, another, live, passing);
    }

    /// The same, with that code seen to be live.
    public Observation withLive(BundleVersion version) {
        return new Observation(status, reason, upstream, Optional.of(version), passing);
    }

    /// The same, and soon over.
    public Observation inPassing() {
        return new Observation(status, reason, upstream, live, true);
    }
}
