package io.headgate.runtime.process;

import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.host.FreePorts;
import io.headgate.host.RunAs;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.FailPoint;
import io.headgate.runtime.Observation;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// One Deployment on this host, brought a pass closer to what is desired at a time:
///
/// 1. take over what runs already (first pass), see who has died since, kill what they left;
/// 2. work out what should run: command and environment of each component, as one hash;
/// 3. let what runs with another hash go; take the first steps if anything is to be started; start what is missing and
///    may be, after its back-off; point to other code;
/// 4. ask how it is, and end what others have taken over from.
///
/// Not thread-safe: one pass at a time.
final class ManagedDeployment {
    private static final Logger LOG = Logger.getLogger(ManagedDeployment.class);

    private final ProcessHost host;
    private final Marker marker;
    private final RunAs user;
    private final DeploymentFolder folder;
    private final DeploymentProcesses processes;
    private final Supervision supervision;
    private final FirstSteps firstSteps;
    private final HandOver handOver;
    private final ServedCode code;
    private final Clock clock;

    private ProcessAllocation allocation;
    private boolean adopted;
    private volatile long revision = -1;
    private volatile boolean settled;
    private RestartHistory preparation = RestartHistory.NONE;
    private String lastTrouble = "";
    private Optional<InetSocketAddress> upstream = Optional.empty();

    ManagedDeployment(ProcessHost host, DeploymentId id, ProcessAllocation allocation) {
        this.host = host;
        this.marker = host.marker(id);
        this.allocation = allocation;
        this.clock = host.clock();
        this.user = host.user(allocation);
        this.folder = host.folder(id);
        Supplier<List<String>> restraints = () -> host.fence().restraints(id);
        this.processes = new DeploymentProcesses(marker, user, folder, clock, restraints);
        this.supervision = new Supervision(folder, clock);
        this.firstSteps = new FirstSteps(host.databases(), user, folder, restraints);
        this.handOver = new HandOver(
                processes, host.probe(), host.api(), host.settings().handOverGrace(), clock);
        this.code = new ServedCode(host.api(), new CodePointer(folder, user, clock), clock);
    }

    /// Whether everything runs as that revision says, and nothing of an earlier one does; asked from other threads.
    boolean settledAt(long wanted) {
        return settled && revision == wanted;
    }

    Observation pass(DesiredAirflow desired, Consumer<Observation> progress) throws InterruptedException {
        settled = false;
        try {
            if (!adopted) {
                folder.prepare(user);
                processes.adopt();
                supervision.adopted(processes.alive());
                adopted = true;
            }
            supervision.died(processes.buryDead());
            if (desired.revision() != revision) {
                revision = desired.revision();
                preparation = RestartHistory.NONE;
            }
            if (preparation.mayStartAt().isAfter(clock.instant())) {
                throw new RuntimeTrouble(lastTrouble);
            }
            converge(
                    desired,
                    sentence -> progress.accept(new Observation(supervision.busy(), sentence, stillServing())));
            preparation = RestartHistory.NONE;
            rotateLogs();
            Observation seen = judged(desired);
            handOver.endFinished();
            upstream = seen.upstream();
            settled = seen.status() == DeploymentStatus.HEALTHY && !handOver.underWay();
            return seen;
        } catch (RuntimeTrouble e) {
            return troubled(desired, e);
        }
    }

    private void converge(DesiredAirflow desired, Consumer<String> progress) throws InterruptedException {
        AirflowInstallation installation = host.environments().provide(desired, user, progress);
        AirflowEnvironment environment = environment(desired, installation);
        Map<Component, Launch> plan = plan(environment);
        List<Component> outdated = outdated(plan);
        if (!outdated.isEmpty()) {
            if (!firstSteps.migrated(environment)) {
                supervision.restarting();
                progress.accept("stopping what runs with another release");
                processes.stopAll(host.taskGrace());
            } else if (letGo(outdated, environment, progress)) {
                converge(desired, progress);
                return;
            }
        }
        if (code.mustMove(desired) && !handOver.oldTakesTasks()) {
            handOver.stopOldParser();
            code.move(desired);
        }
        Map<Component, Launch> startable = startable(plan, desired);
        if (startable.isEmpty()) {
            return;
        }
        if (startable.containsKey(Component.API_SERVER) && !FreePorts.isFree(allocation.port())) {
            LOG.warnf("port %d of Deployment %s was taken by a stranger", allocation.port(), marker.deployment());
            allocation = host.allocations().changePort(marker.deployment(), allocation);
            converge(desired, progress);
            return;
        }
        firstSteps.take(environment, progress);
        start(startable, startable.size() == plan.size(), progress);
    }

    /// Makes room beside what runs with an older configuration; true if what is to run must be planned again.
    ///
    /// Airflow's opinion of the new configuration comes first: while it does not accept it, nothing is touched.
    private boolean letGo(List<Component> outdated, AirflowEnvironment environment, Consumer<String> progress)
            throws InterruptedException {
        firstSteps.take(environment, progress);
        Map<Component, ComponentRecord> alive = processes.alive();
        if (alive.values().stream().anyMatch(record -> record.apiPort() == allocation.port())) {
            // not only for the api-server: tasks of the old scheduler go on reporting to the old port
            allocation = host.allocations().changePort(marker.deployment(), allocation);
            FailPoint.HAND_OVER_PORT_CHANGED.pass();
            return true;
        }
        progress.accept("starting with the new configuration beside the old");
        processes.release(outdated);
        supervision.changing();
        return false;
    }

    private void start(Map<Component, Launch> startable, boolean all, Consumer<String> progress)
            throws InterruptedException {
        processes.endLeftovers();
        if (all) {
            progress.accept("starting Airflow's processes");
        }
        for (Map.Entry<Component, Launch> each : startable.entrySet()) {
            if (each.getKey() == Component.DAG_PROCESSOR) {
                handOver.stopOldParser();
            }
            processes.start(each.getKey(), each.getValue());
            supervision.started(each.getKey());
        }
    }

    /// What does not run and need not wait longer.
    private Map<Component, Launch> startable(Map<Component, Launch> plan, DesiredAirflow desired)
            throws InterruptedException {
        Map<Component, Launch> startable = new EnumMap<>(plan);
        startable.keySet().retainAll(processes.absent());
        startable
                .keySet()
                .removeIf(component -> supervision.mayStartAt(component).isAfter(clock.instant()));
        if (!startable.isEmpty() && handOver.underWay()) {
            AirflowHealth health = health(desired);
            boolean codeMoves = code.mustMove(desired);
            startable.keySet().removeIf(component -> !handOver.mayStart(component, health, codeMoves));
        }
        return startable;
    }

    private Observation judged(DesiredAirflow desired) throws InterruptedException {
        AirflowHealth health = handOver.withoutOld(desired, allocation.port(), health(desired));
        Observation seen = supervision.judge(processes.alive(), health, HealthProbe.address(allocation.port()));
        if (seen.upstream().isEmpty()) {
            seen = seen.at(handOver.oldUpstream(desired));
        }
        if (seen.status() == DeploymentStatus.HEALTHY && handOver.oldTakesTasks()) {
            seen = seen.as(supervision.busy(), "waiting until the old scheduler takes no more tasks")
                    .inPassing();
        }
        return code.judge(desired, seen);
    }

    /// Work on the others does not take a living api-server away from people.
    private Optional<InetSocketAddress> stillServing() {
        return upstream.filter(address -> processes.servesAt(address.getPort()));
    }

    private AirflowEnvironment environment(DesiredAirflow desired, AirflowInstallation installation) {
        return new AirflowEnvironment(
                desired,
                installation,
                host.ourPackage(),
                folder,
                host.databases().address(desired.id(), desired.secrets().databasePassword()),
                allocation.port(),
                marker);
    }

    private static Map<Component, Launch> plan(AirflowEnvironment environment) {
        Map<Component, Launch> plan = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            plan.put(component, environment.launch(component));
        }
        return plan;
    }

    private List<Component> outdated(Map<Component, Launch> plan) {
        Map<Component, ComponentRecord> alive = processes.alive();
        List<Component> outdated = new ArrayList<>();
        plan.forEach((component, launch) -> {
            ComponentRecord running = alive.get(component);
            if (running != null && !running.configHash().equals(launch.configHash())) {
                outdated.add(component);
            }
        });
        return outdated;
    }

    private AirflowHealth health(DesiredAirflow desired) throws InterruptedException {
        return processes.alive().containsKey(Component.API_SERVER)
                ? host.probe().ask(currentPort(), desired.namespace())
                : new AirflowHealth.Silent("is not running");
    }

    private Observation troubled(DesiredAirflow desired, RuntimeTrouble trouble) throws InterruptedException {
        Instant now = clock.instant();
        if (!preparation.mayStartAt().isAfter(now)) {
            LOG.warnf("Deployment %s: %s", marker.deployment(), trouble.getMessage());
            lastTrouble = String.valueOf(trouble.getMessage());
            preparation = preparation.afterDeath(now, now);
        }
        // what runs goes on running, and is worth reaching
        upstream = servingNow(desired);
        return new Observation(DeploymentStatus.UNHEALTHY, lastTrouble, upstream);
    }

    private Optional<InetSocketAddress> servingNow(DesiredAirflow desired) throws InterruptedException {
        return health(desired) instanceof AirflowHealth.Answering
                ? Optional.of(HealthProbe.address(currentPort()))
                : handOver.oldUpstream(desired);
    }

    /// Where the current api-server listens: not where the next one will, if that was prepared and then failed.
    private int currentPort() {
        ComponentRecord server = processes.alive().get(Component.API_SERVER);
        return server == null ? allocation.port() : server.apiPort();
    }

    private void rotateLogs() {
        if (Files.isDirectory(folder.componentLogs())) {
            for (Component component : Component.values()) {
                ComponentLog.of(folder.componentLogs(), component.label()).rotateIfLong();
            }
        }
    }
}
