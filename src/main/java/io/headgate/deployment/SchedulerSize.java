package io.headgate.deployment;

/// Scheduler sizes of the wire with what they stand for there; the `process` runtime has one size.
public enum SchedulerSize {
    SMALL("1", "2Gi"),
    MEDIUM("2", "4Gi"),
    LARGE("4", "8Gi"),
    EXTRA_LARGE("8", "16Gi");

    private final String cpu;
    private final String memory;

    SchedulerSize(String cpu, String memory) {
        this.cpu = cpu;
        this.memory = memory;
    }

    public String cpu() {
        return cpu;
    }

    public String memory() {
        return memory;
    }
}
