package io.headgate.deployment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A runtime version that Deployments can be made with, and the Airflow it stands for; the one table of them.
///
/// Versions have the form `X.Y-N` (Airflow major and minor, build): with anything else the stock command line asks for
/// components that do not exist.
public record RuntimeRelease(String version, String airflowVersion, Instant releasedAt) {
    private static final List<RuntimeRelease> NEWEST_FIRST =
            List.of(new RuntimeRelease("3.3-1", "3.3.2", Instant.parse("2026-09-01T00:00:00Z")));

    /// All releases, newest first: clients take the first as default.
    public static List<RuntimeRelease> all() {
        return NEWEST_FIRST;
    }

    public static RuntimeRelease newest() {
        return NEWEST_FIRST.getFirst();
    }

    public static Optional<RuntimeRelease> named(String version) {
        return NEWEST_FIRST.stream().filter(r -> r.version.equals(version)).findFirst();
    }
}
