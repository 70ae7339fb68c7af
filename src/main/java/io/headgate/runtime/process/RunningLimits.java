package io.headgate.runtime.process;

/// What one Deployment may use of this host while it runs: its Airflow and its tasks together.
///
/// @param memoryBytes of all of its processes; from 1.5 GiB, for a hand-over runs two Airflows for a while
/// @param processes at once, threads included
public record RunningLimits(long memoryBytes, int processes) {
    private static final long MIB = 1024L * 1024;

    /// Beyond this the kernel refuses more; between the two, {@link OveruseWatch} sees to it.
    private static final int PROCESSES_MARGIN = 64;

    /// Libraries reserve addresses that they never fill, 64 MiB a thread to begin with; Airflow itself has 0.5 GiB.
    private static final long RESERVED_BYTES = 4096 * MIB;

    /// Four Airflow processes fresh take 0.7 GiB; the rest is for tasks.
    public static RunningLimits standard() {
        return new RunningLimits(4096 * MIB, 1024);
    }

    long memoryMib() {
        return memoryBytes / MIB;
    }

    int processesRefused() {
        return processes + PROCESSES_MARGIN;
    }

    /// Memory that is shared between processes counts against this alone.
    long addressSpaceBytes() {
        return memoryBytes + RESERVED_BYTES;
    }
}
