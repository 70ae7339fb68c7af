package io.headgate.runtime.process;

import io.headgate.deploy.CodeHost;
import io.headgate.deploy.Findings;
import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.PythonLock;
import io.headgate.host.FileTree;
import io.headgate.host.RunAs;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.Problem;
import io.headgate.kernel.ProblemException;
import io.headgate.storage.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Code on this host: staged and kept in the folders of its Deployment, validated as a process of its user.
final class ProcessCodeHost implements CodeHost {
    private final ProcessHost host;
    private final ConfinementLimits limits;
    private final AtomicLong runs = new AtomicLong();

    ProcessCodeHost(ProcessHost host, ConfinementLimits limits) {
        this.host = host;
        this.limits = limits;
    }

    @Override
    public Path stage(DeploymentId id, DeployId deploy) {
        DeploymentFolder folder = host.folder(id);
        folder.prepareForDeploy();
        Path staged = folder.staging().resolve(deploy.value());
        try {
            FileTree.delete(staged);
            return PrivateFiles.folder(staged);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + staged, e);
        }
    }

    @Override
    public Findings validate(DesiredAirflow airflow, Path staged, Optional<PythonLock> python)
            throws InterruptedException {
        try {
            RunAs user = user(airflow.id());
            AirflowInstallation installation = host.environments().provide(airflow, python, () -> user, ignored -> {});
            // before a scratch folder is made: the first time, it deletes those of an earlier run
            List<String> namespace = host.confinement().namespace();
            DeploymentFolder folder = host.folder(airflow.id());
            folder.prepareForDeploy();
            folder.letReachCode(user);
            user.letRead(staged);
            try (ScratchFolder scratch = ScratchFolder.make(folder.scratch(), "validate", user)) {
                return new BundleValidation(
                                airflow,
                                installation,
                                host.ourPackage(),
                                user,
                                new ConfinementMark(host.instance(), airflow.id(), "v" + runs.incrementAndGet()),
                                namespace,
                                limits)
                        .of(staged, scratch);
            }
        } catch (RuntimeTrouble e) {
            throw new ProblemException(Problem.unavailable(
                    "deploy.validation-unavailable", "the code could not be validated: " + e.getMessage()));
        }
    }

    @Override
    public Path version(DeploymentId id, BundleVersion version) {
        return host.folder(id).versions().resolve(version.folderName());
    }

    @Override
    public void keep(DeploymentId id, BundleVersion version, Path staged) {
        DeploymentFolder folder = host.folder(id);
        RunAs user = user(id);
        folder.prepareForDeploy();
        folder.letReachCode(user);
        new KeptVersions(folder).take(version.folderName(), staged, user);
    }

    @Override
    public Set<String> kept(DeploymentId id) {
        return new KeptVersions(host.folder(id)).names();
    }

    @Override
    public Optional<Set<String>> neededByRuns(DesiredAirflow airflow) throws InterruptedException {
        return host.api()
                .versionsOfGoingRuns(
                        airflow, host.allocations().of(airflow.id()).port());
    }

    @Override
    public void discard(DeploymentId id, String folderName) {
        new KeptVersions(host.folder(id)).discard(folderName);
    }

    @Override
    public void clearStages(DeploymentId id, Supplier<Set<DeployId>> underWay) {
        DeploymentFolder folder = host.folder(id);
        try (Stream<Path> listed = Files.list(folder.staging())) {
            List<Path> staged = listed.toList();
            Set<DeployId> going = underWay.get();
            for (Path one : staged) {
                if (going.stream().noneMatch(deploy -> one.endsWith(deploy.value()))) {
                    FileTree.delete(one);
                }
            }
        } catch (NoSuchFileException e) {
            return; // it never had any
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear " + folder.staging(), e);
        }
        new KeptVersions(folder).finishDiscarding();
    }

    private RunAs user(DeploymentId id) {
        return host.user(host.allocations().of(id));
    }
}
