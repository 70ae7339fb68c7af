package io.headgate.deploy;

import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.PythonLock;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.DeploymentId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Where a Deployment's code is checked and kept: a runtime's part in a deploy.
///
/// Everything may block; everything may be killed at any point and called again.
public interface CodeHost {

    /// A new, empty folder for unpacking one deploy, which only we can write; what an earlier attempt left is gone.
    Path stage(DeploymentId id, DeployId deploy);

    /// Imports the DAGs of a staged archive as that Deployment's Airflow would, under its user, with its variables and
    /// under limits. Never throws for what user code does.
    Findings validate(DesiredAirflow airflow, Path staged, Optional<PythonLock> python) throws InterruptedException;

    /// Makes a staged archive an immutable version, in one step; fine if it is one already.
    void keep(DeploymentId id, BundleVersion version, Path staged);

    /// Where a kept version lies, to be validated again; nothing there may be changed.
    Path version(DeploymentId id, BundleVersion version);

    /// Folder names ({@link BundleVersion#folderName()}) of the versions that are kept.
    Set<String> kept(DeploymentId id);

    /// Folder names of versions that DAG runs which have not ended still need; empty when Airflow cannot be asked, and
    /// then nothing may be thrown away.
    Optional<Set<String>> neededByRuns(DesiredAirflow airflow) throws InterruptedException;

    /// Throws a kept version away; fine if it is gone.
    void discard(DeploymentId id, String folderName);

    /// Throws away staged folders of deploys that are not under way. Which are is asked after the folders have been
    /// listed: one that begins meanwhile is not among them.
    void clearStages(DeploymentId id, Supplier<Set<DeployId>> underWay);
}
