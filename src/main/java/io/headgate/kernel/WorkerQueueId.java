package io.headgate.kernel;

/// Identifies a worker queue.
public record WorkerQueueId(String value) implements Id {
    public WorkerQueueId {
        Id.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
