package io.headgate.launch;

import io.headgate.deploy.CodeHost;
import io.headgate.deploy.Findings;
import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.PythonLock;
import io.headgate.deployment.PythonPackages;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.Problem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Stands where no runtime is at work, in `admin` commands: nothing there carries out a deploy.
final class NoCodeHost implements CodeHost, PythonPackages {

    @Override
    public Path stage(DeploymentId id, DeployId deploy) {
        throw unavailable();
    }

    @Override
    public Findings validate(DesiredAirflow airflow, Path staged, Optional<PythonLock> python) {
        throw unavailable();
    }

    @Override
    public void keep(DeploymentId id, BundleVersion version, Path staged) {
        throw unavailable();
    }

    @Override
    public Path version(DeploymentId id, BundleVersion version) {
        throw unavailable();
    }

    @Override
    public Set<String> kept(DeploymentId id) {
        return Set.of();
    }

    @Override
    public Optional<Set<String>> neededByRuns(DesiredAirflow airflow) {
        return Optional.empty();
    }

    @Override
    public void discard(DeploymentId id, String folderName) {
        throw unavailable();
    }

    @Override
    public void clearStages(DeploymentId id, Supplier<Set<DeployId>> underWay) {}

    @Override
    public Resolution resolve(DesiredAirflow airflow, String requirements) {
        throw unavailable();
    }

    private static RuntimeException unavailable() {
        return Problem.unavailable("deploy.no-runtime", "deploy not possible: no runtime is at work here")
                .asException();
    }
}
