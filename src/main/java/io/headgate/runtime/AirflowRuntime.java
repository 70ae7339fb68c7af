package io.headgate.runtime;

import io.headgate.deployment.DesiredAirflow;
import io.headgate.kernel.DeploymentId;
import java.util.Set;
import java.util.function.Consumer;

/// Runs the Airflow of Deployments somewhere: the one SPI of all drivers.
///
/// Every method is idempotent, takes the whole desired state and no hint about what changed, may block, and may be
/// killed at any point: the next call, also in another process, finds what is there and goes on. Calls for one
/// Deployment never overlap; calls for different Deployments may.
public interface AirflowRuntime {

    /// Brings one Deployment a pass closer to what is desired. Long steps report what they are doing to `progress`,
    /// each with a status and a sentence, so that nobody waits in the dark.
    Observation converge(DesiredAirflow desired, Consumer<Observation> progress) throws InterruptedException;

    /// Whether that Deployment has been healthy before, so that what happens to it now is no longer its creation.
    boolean hasCreated(DeploymentId id);

    /// Stops everything of a deleted Deployment and moves its files and database to the trash.
    void retire(DesiredAirflow deleted) throws InterruptedException;

    /// Ends whatever runs here for Deployments that are not among the known ones, e.g. left by a crash.
    void sweep(Set<DeploymentId> known) throws InterruptedException;

    /// Stops everything it started, for a clean stop of Headgate; the state stays and the next start continues from it.
    void stopAll() throws InterruptedException;
}
