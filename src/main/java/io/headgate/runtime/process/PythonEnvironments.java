package io.headgate.runtime.process;

import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.PythonLock;
import io.headgate.deployment.PythonPackages.Resolution;
import io.headgate.host.RunAs;
import io.headgate.kernel.DeploymentId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The Airflow that a Deployment runs: the plain one, or one with the packages that it asks for.
///
/// Sets of wheels alone are installed by us, readable and unchangeable for everybody, and shared by all that ask for
/// the same; what is built from source belongs to the Deployment that asked.
final class PythonEnvironments {
    private final AirflowInstaller installer;
    private final PackageIndex index;
    private final SourceBuilds builds;
    private final SharedEnvironments shared;
    private final Path deployments;

    /// Two builds of one Deployment would be in each other's way.
    private final Map<DeploymentId, ReentrantLock> building = new ConcurrentHashMap<>();

    PythonEnvironments(
            AirflowInstaller installer, PackageIndex index, Confinement confinement, Path deployments, Clock clock) {
        this.installer = installer;
        this.index = index;
        this.builds = new SourceBuilds(installer, index, confinement, ConfinementLimits.OF_BUILDING, new AtomicLong());
        this.shared = new SharedEnvironments(installer, index, clock);
        this.deployments = deployments;
    }

    /// What that Deployment is to run now; makes it if it is missing, which takes from seconds to minutes.
    AirflowInstallation provide(DesiredAirflow airflow, RunAs user, Consumer<String> progress)
            throws InterruptedException {
        return provide(airflow, airflow.python(), () -> user, progress);
    }

    /// The same with other packages, which it may run later.
    AirflowInstallation provide(
            DesiredAirflow airflow, Optional<PythonLock> python, Supplier<RunAs> user, Consumer<String> progress)
            throws InterruptedException {
        AirflowInstallation base = installer.install(airflow.release().airflowVersion(), progress);
        Optional<PythonLock> packages = python.filter(lock -> !lock.lock().isBlank());
        if (packages.isEmpty()) {
            return base;
        }
        PythonLock lock = packages.get();
        String key = base.key() + suffix(lock);
        if (lock.wheelsOnly()) {
            return new AirflowInstallation(shared.provide(base, key, lock.lock(), progress), key, base.key());
        }
        ReentrantLock mine = building.computeIfAbsent(airflow.id(), _ -> new ReentrantLock());
        mine.lock();
        try {
            Path venv = builds.install(base, key, lock.lock(), user.get(), folder(airflow.id()), progress);
            return new AirflowInstallation(venv, key, base.key());
        } finally {
            mine.unlock();
        }
    }

    /// @param user asked for only if something has to be built: whoever needs no user is given none
    Resolution resolve(DesiredAirflow airflow, RequirementsText requirements, Supplier<RunAs> user)
            throws InterruptedException {
        ReentrantLock mine = building.computeIfAbsent(airflow.id(), _ -> new ReentrantLock());
        mine.lock();
        try {
            return new PythonResolver(installer, index, builds)
                    .resolve(airflow.release().airflowVersion(), requirements, user, folder(airflow.id()));
        } finally {
            mine.unlock();
        }
    }

    /// Throws away what none of these Deployments wants and nobody has used for a day.
    void collect(List<DesiredAirflow> present) throws InterruptedException {
        shared.collect(present.stream()
                .flatMap(airflow -> airflow.python().stream())
                .map(this::suffix)
                .toList());
    }

    /// Throws away what was built for one Deployment alone and is not what it wants now.
    void collect(DesiredAirflow airflow, RunAs user) throws InterruptedException {
        ReentrantLock mine = building.computeIfAbsent(airflow.id(), _ -> new ReentrantLock());
        mine.lock();
        try {
            builds.collect(
                    folder(airflow.id()),
                    user,
                    airflow.python().stream().map(this::suffix).toList());
        } finally {
            mine.unlock();
        }
    }

    private DeploymentFolder folder(DeploymentId id) {
        return new DeploymentFolder(deployments.resolve(id.value()));
    }

    /// What tells environments of one Airflow apart.
    private String suffix(PythonLock lock) {
        return SharedEnvironments.WITH
                + Fingerprint.of(lock.lock() + "\n" + index.identity()).shortened();
    }
}
