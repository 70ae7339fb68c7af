package io.headgate.deployment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A runtime version that Deployments can be made with, and the Airflow it stands for; the one table of them.
///
/// Versions have the form `X.Y-N` (Airflow major and minor, build): with anything else the stock command line asks for
/// components that do not exist.
public record RuntimeRelease(String version, String airflowVersion, Instant releasedAt) {
    private static final Pattern BUILD = Pattern.compile("\\d{1,3}\\.\\d{1,3}-\\d{1,4}");

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

    /// The release of that version, else the newest of the same Airflow line: the stock command line asks for builds
    /// that its vendor made, `3.3-7` for example, of which we have a build of our own.
    public static Optional<RuntimeRelease> closestTo(String version) {
        return named(version)
                .or(() -> BUILD.matcher(version).matches()
                        ? NEWEST_FIRST.stream()
                                .filter(release -> release.line().equals(lineOf(version)))
                                .findFirst()
                        : Optional.empty());
    }

    private String line() {
        return lineOf(version);
    }

    private static String lineOf(String version) {
        return version.substring(0, version.indexOf('-'));
    }
}
