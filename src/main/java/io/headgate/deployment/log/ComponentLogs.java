package io.headgate.deployment.log;

import io.headgate.kernel.DeploymentId;
import java.util.List;
import java.util.function.Predicate;

/// What the components of Airflows print: a runtime's part in logs.
///
/// Lines are what user code and other programs wrote: of any content, cut where they are too long.
public interface ComponentLogs {
    /// In bytes; what a longer line has beyond that is left out.
    int LINE_BYTES_MAX = 4096;

    /// Names of the components, the one that people look at first before the others.
    List<String> components();

    /// Gives the last lines, the last one first, for as long as more are wanted or until there are none within reach.
    ///
    /// @return where that begins which is printed from now on
    LogPosition backwards(DeploymentId id, String component, Predicate<String> wantsMore);

    /// Whole lines that were printed since; if there are many, the first of them, and the rest the next time.
    LogPart since(DeploymentId id, String component, LogPosition position);

    /// Nothing is printed: for commands and installations that run no Airflow of their own.
    static ComponentLogs none() {
        return new ComponentLogs() {
            @Override
            public List<String> components() {
                return List.of();
            }

            @Override
            public LogPosition backwards(DeploymentId id, String component, Predicate<String> wantsMore) {
                return LogPosition.START;
            }

            @Override
            public LogPart since(DeploymentId id, String component, LogPosition position) {
                return new LogPart(List.of(), position, false);
            }
        };
    }
}
