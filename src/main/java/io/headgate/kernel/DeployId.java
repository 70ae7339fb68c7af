package io.headgate.kernel;

/// Identifies a deploy: one code push to one Deployment.
public record DeployId(String value) implements Id {
    public DeployId {
        Id.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
