package io.headgate.kernel;

/// Identifies a Deployment.
public record DeploymentId(String value) implements Id {
    public DeploymentId {
        Id.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
