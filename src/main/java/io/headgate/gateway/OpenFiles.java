package io.headgate.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How many connections fit into the files that this process may have open: a limit that is never reached protects
/// nobody.
final class OpenFiles {
    private OpenFiles() {}

    /// As many as wanted, or two thirds of all files: the rest is for Airflow's side of them, the API and the database.
    static int connections(int wanted) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? connections(wanted, system.getMaxFileDescriptorCount())
                : wanted;
    }

    static int connections(int wanted, long files) {
        return (int) Math.min(wanted, files - files / 3);
    }
}
