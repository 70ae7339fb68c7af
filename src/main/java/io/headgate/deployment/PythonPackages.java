package io.headgate.deployment;

/// Resolves and installs Python packages for Deployments: a runtime's part.
public interface PythonPackages {

    /// Resolves requirements together with Airflow's own lock and installs the outcome beside what runs now; the
    /// Deployment is not touched. May take minutes; may be killed and called again.
    Resolution resolve(DesiredAirflow airflow, String requirements) throws InterruptedException;

    /// Refuses everything: for commands and installations that run no Airflow of their own.
    static PythonPackages none() {
        return (_, _) -> new Resolution.Refused("this installation cannot install Python packages");
    }

    /// How it ended.
    sealed interface Resolution {
        record Resolved(PythonLock lock) implements Resolution {}

        /// @param words the resolver's own, for people
        record Refused(String words) implements Resolution {}
    }
}
