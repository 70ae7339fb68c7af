package io.headgate.deploy;

/// How far a deploy is. Clients are told three words only: INITIALIZED for the first four (D2).
public enum DeployState {
    /// Takes an upload; nothing has changed yet (D10).
    CREATED,
    /// Finalized; waits for the deploys before it (D17).
    QUEUED,
    /// Is unpacked and checked.
    VALIDATING,
    /// What it brought is what Airflow is to serve.
    ACTIVATING,
    /// Airflow was seen to serve it.
    DEPLOYED,
    FAILED;

    /// Whether it was finalized and has not ended.
    public boolean isUnderWay() {
        return switch (this) {
            case QUEUED, VALIDATING, ACTIVATING -> true;
            case CREATED, DEPLOYED, FAILED -> false;
        };
    }

    /// Whether its archive is still needed to go on after a crash.
    public boolean needsUpload() {
        return switch (this) {
            case CREATED, QUEUED, VALIDATING -> true;
            case ACTIVATING, DEPLOYED, FAILED -> false;
        };
    }
}
