package io.headgate.runtime.process;

import io.headgate.alert.FailedRuns;
import io.headgate.deploy.CodeHost;
import io.headgate.deployment.DagRuns;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.PythonLock;
import io.headgate.deployment.PythonPackages;
import io.headgate.deployment.log.ComponentLogs;
import io.headgate.host.ProcessIdentity;
import io.headgate.host.ProcessTable;
import io.headgate.host.RunAs;
import io.headgate.host.Signal;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.Id;
import io.headgate.runtime.AirflowRuntime;
import io.headgate.runtime.Observation;
import io.headgate.storage.AirflowDatabases;
import io.headgate.storage.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Real Airflow as supervised processes on this host.
///
/// As root every Deployment runs under a user id of its own; otherwise all run under ours, which is one trust domain.
public final class ProcessRuntime implements AirflowRuntime, AutoCloseable {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final ProcessHost host;
    private final Map<DeploymentId, ManagedDeployment> managed = new ConcurrentHashMap<>();

    public ProcessRuntime(ProcessRuntimeSettings settings, Database database, Clock clock) {
        Instance instance = Instance.of(settings.data(), new SecureRandom());
        AirflowInstaller installer =
                new AirflowInstaller(settings.cache(), settings.python(), settings.root(), settings.environment());
        Path deployments = settings.data().resolve("deployments");
        Confinement confinement = new Confinement(instance, deployments, installer.scratchFolder());
        this.host = new ProcessHost(
                settings,
                instance,
                installer,
                new AirflowDatabases(database, clock),
                new ProcessAllocations(new ProcessAllocationStore(database), settings, clock),
                new HealthProbe(),
                new AirflowApi(clock),
                confinement,
                RunningFence.of(settings.limits(), settings.root()),
                new PythonEnvironments(
                        installer, new PackageIndex(settings.pythonIndex()), confinement, deployments, clock),
                clock);
    }

    /// Where the code of these Deployments is checked and kept.
    public CodeHost codeHost() {
        return codeHost(ConfinementLimits.OF_VALIDATION);
    }

    /// Asks these Deployments' Airflows for runs that failed.
    public FailedRuns failedRuns() {
        return (airflow, since) -> host.api()
                .failedRuns(airflow, host.allocations().of(airflow.id()).port(), since);
    }

    /// Asks these Deployments' Airflows what their DAG runs are doing.
    public DagRuns dagRuns() {
        return (airflow, since) ->
                host.api().activity(airflow, host.allocations().of(airflow.id()).port(), since);
    }

    /// Reads what these Deployments' components print.
    public ComponentLogs componentLogs() {
        return new ProcessComponentLogs(id -> host.folder(id).componentLogs());
    }

    CodeHost codeHost(ConfinementLimits limits) {
        return new ProcessCodeHost(host, limits);
    }

    /// Installs the packages that these Deployments ask for.
    public PythonPackages pythonPackages() {
        return new ProcessPythonPackages(host);
    }

    /// Begins to end what Deployments run beyond their limits, until it is closed; does nothing if we are not root.
    public AutoCloseable watchOveruse() {
        OveruseWatch watch = new OveruseWatch(host.settings().limits(), this::byUser);
        return host.settings().root() ? watch.begin() : watch;
    }

    /// What holds running Deployments to their limits here, in words.
    public String fence() {
        return host.fence().words();
    }

    private Map<Integer, DeploymentFolder> byUser() {
        Map<Integer, DeploymentFolder> byUser = new HashMap<>();
        for (DeploymentId id : onDisk()) {
            DeploymentFolder folder = host.folder(id);
            if (ownerOf(folder) instanceof RunAs.UserId(int uid)) {
                byUser.put(uid, folder);
            }
        }
        return byUser;
    }

    AirflowInstallation installation(DesiredAirflow desired, Optional<PythonLock> python) throws InterruptedException {
        return host.environments().provide(desired, python, () -> user(desired.id()), ignored -> {});
    }

    RunAs user(DeploymentId id) {
        return host.user(host.allocations().of(id));
    }

    /// Throws installed packages away that none of these Deployments, which are all there are, has used for a day.
    ///
    /// Not while a Deployment runs, or may still run, with something other than what it is to run with now.
    public void collectPythonEnvironments(List<DesiredAirflow> present) throws InterruptedException {
        if (present.stream().allMatch(this::settled)) {
            throwAwayAllBut(present);
        }
    }

    void throwAwayAllBut(List<DesiredAirflow> present) throws InterruptedException {
        host.environments().collect(present);
        for (DesiredAirflow airflow : present) {
            host.environments().collect(airflow, user(airflow.id()));
        }
    }

    private boolean settled(DesiredAirflow airflow) {
        ManagedDeployment deployment = managed.get(airflow.id());
        return deployment != null && deployment.settledAt(airflow.revision());
    }

    @Override
    public Observation converge(DesiredAirflow desired, Consumer<Observation> progress) throws InterruptedException {
        try {
            ManagedDeployment deployment = managed.get(desired.id());
            if (deployment == null) {
                deployment = new ManagedDeployment(
                        host, desired.id(), host.allocations().of(desired.id()));
                managed.put(desired.id(), deployment);
            }
            return deployment.pass(desired, progress);
        } catch (RuntimeTrouble e) {
            return new Observation(DeploymentStatus.UNHEALTHY, String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    @Override
    public boolean hasCreated(DeploymentId id) {
        return Files.exists(host.folder(id).createdMark());
    }

    @Override
    public void retire(DesiredAirflow deleted) throws InterruptedException {
        stop(deleted.id());
        host.databases().moveToTrash(deleted.id());
        new Trash(host.trash(), host.clock()).take(deleted.id(), host.folder(deleted.id()));
        host.fence().remove(deleted.id());
        host.allocations().retire(deleted.id());
    }

    @Override
    public void sweep(Set<DeploymentId> known) throws InterruptedException {
        host.confinement().begin();
        boolean gone = Signal.killUntilGone(
                KILL_LIMIT,
                () -> ProcessTable.now().all().stream()
                        .filter(this::underUserOfADeployment)
                        .filter(process -> Marker.of(process)
                                .filter(marker -> marker.instance().equals(host.instance())
                                        && !known.contains(marker.deployment()))
                                .isPresent())
                        .collect(Collectors.toSet()));
        if (!gone) {
            throw new IllegalStateException("processes of unknown Deployments cannot be killed");
        }
    }

    /// Side by side, those of an earlier run too that nobody has looked at since.
    @Override
    public void stopAll() throws InterruptedException {
        Set<DeploymentId> all = new HashSet<>(managed.keySet());
        all.addAll(onDisk());
        List<Callable<Boolean>> stops = new ArrayList<>();
        all.forEach(id -> stops.add(() -> {
            stop(id);
            return true;
        }));
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> stopped : each.invokeAll(stops)) {
                stopped.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("not every Deployment could be stopped: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        host.probe().close();
        host.api().close();
    }

    private void stop(DeploymentId id) throws InterruptedException {
        managed.remove(id);
        DeploymentFolder folder = host.folder(id);
        if (!Files.isDirectory(folder.run())) {
            return;
        }
        DeploymentProcesses processes =
                new DeploymentProcesses(host.marker(id), ownerOf(folder), folder, host.clock(), List::of);
        processes.adopt();
        processes.stopAll(host.taskGrace());
    }

    private List<DeploymentId> onDisk() {
        if (!Files.isDirectory(host.deployments())) {
            return List.of();
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(host.deployments())) {
            List<DeploymentId> ids = new ArrayList<>();
            for (Path folder : folders) {
                String name = String.valueOf(folder.getFileName());
                if (Id.isWellFormed(name)) {
                    ids.add(new DeploymentId(name));
                }
            }
            return ids;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + host.deployments(), e);
        }
    }

    /// Taken from the files: the database may be away when everything is to be stopped.
    private RunAs ownerOf(DeploymentFolder folder) {
        if (!host.settings().root() || !Files.isDirectory(folder.home())) {
            return new RunAs.Ourselves();
        }
        try {
            int uid = (Integer) Files.getAttribute(folder.home(), "unix:uid", LinkOption.NOFOLLOW_LINKS);
            return host.user(new ProcessAllocation(uid == 0 ? OptionalInt.empty() : OptionalInt.of(uid), 0));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + folder.home(), e);
        }
    }

    private boolean underUserOfADeployment(ProcessIdentity process) {
        ProcessRuntimeSettings settings = host.settings();
        return !settings.root()
                || process.uid()
                        .filter(uid -> uid >= settings.firstUid() && uid < settings.firstUid() + settings.uidCount())
                        .isPresent();
    }
}
