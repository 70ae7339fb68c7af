package io.headgate.deployment;

/// The health of a Deployment in the words of the wire (P23).
public enum DeploymentStatus {
    CREATING,
    DEPLOYING,
    HEALTHY,
    UNHEALTHY,
    UNKNOWN,
    HIBERNATING
}
