package io.headgate.deployment;

/// The executors of the wire. The `process` runtime runs all of them as LocalExecutor, and its pages say so.
public enum Executor {
    ASTRO,
    CELERY,
    KUBERNETES;

    /// Whether Deployments with it have worker queues, and then always a default one.
    public boolean hasWorkerQueues() {
        return this != KUBERNETES;
    }
}
