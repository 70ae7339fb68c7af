package io.headgate.runtime.process;

import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.host.FreePorts;
import io.headgate.host.RunAs;
import io.headgate.kernel.DeploymentId;
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
import org.jboss.logging.Logger;

/// One Deployment on this host, brought a pass closer to what is desired at a time:
///
/// 1. take over what runs already (first pass), see who has died since, kill what they left;
/// 2. work out what should run: command and environment of each component, as one hash;
/// 3. end what runs with another hash; take the first steps if anything is to be started; start what is missing and may
///    be, after its back-off;
/// 4. ask how it is.
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
    private final Clock clock;

    private ProcessAllocation allocation;
    private boolean adopted;
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
        this.processes = new DeploymentProcesses(marker, user, folder, clock);
        this.supervision = new Supervision(folder, clock);
        this.firstSteps = new FirstSteps(host.databases(), user, folder);
    }

    Observation pass(DesiredAirflow desired, Consumer<Observation> progress) throws InterruptedException {
        try {
            if (!adopted) {
                folder.prepare(user);
                processes.adopt();
                supervision.adopted(processes.alive());
                adopted = true;
            }
            supervision.died(processes.buryDead());
            if (preparation.mayStartAt().isAfter(clock.instant())) {
                throw new RuntimeTrouble(lastTrouble);
            }
            converge(
                    desired,
                    sentence -> progress.accept(new Observation(supervision.busy(), sentence, stillServing())));
            preparation = RestartHistory.NONE;
            rotateLogs();
            Observation seen =
                    supervision.judge(processes.alive(), health(desired), HealthProbe.address(allocation.port()));
            upstream = seen.upstream();
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
        if (outdated.isEmpty() && startable(plan).isEmpty()) {
            return;
        }
        if (!outdated.isEmpty()) {
            supervision.restarting();
            progress.accept("stopping what runs with an older configuration");
            processes.stop(firstSteps.migrated(environment) ? outdated : List.of(Component.values()), host.taskGrace());
        }
        if (!processes.alive().containsKey(Component.API_SERVER) && !FreePorts.isFree(allocation.port())) {
            LOG.warnf("port %d of Deployment %s was taken by a stranger", allocation.port(), marker.deployment());
            allocation = host.allocations().changePort(marker.deployment(), allocation);
            converge(desired, progress);
            return;
        }
        firstSteps.take(environment, progress);
        start(plan, progress);
    }

    private void start(Map<Component, Launch> plan, Consumer<String> progress) throws InterruptedException {
        processes.endLeftovers();
        Map<Component, Launch> startable = startable(plan);
        if (startable.size() == plan.size()) {
            progress.accept("starting Airflow's processes");
        }
        startable.forEach((component, launch) -> {
            processes.start(component, launch);
            supervision.started(component);
        });
    }

    /// What does not run and need not wait longer.
    private Map<Component, Launch> startable(Map<Component, Launch> plan) {
        Map<Component, Launch> startable = new EnumMap<>(plan);
        startable.keySet().retainAll(processes.absent());
        startable
                .keySet()
                .removeIf(component -> supervision.mayStartAt(component).isAfter(clock.instant()));
        return startable;
    }

    /// Work on the others does not take a living api-server away from people.
    private Optional<InetSocketAddress> stillServing() {
        return upstream.filter(address -> processes.alive().containsKey(Component.API_SERVER));
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
                ? host.probe().ask(allocation.port(), desired.namespace())
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
        upstream = health(desired) instanceof AirflowHealth.Answering
                ? Optional.of(HealthProbe.address(allocation.port()))
                : Optional.empty();
        return new Observation(DeploymentStatus.UNHEALTHY, lastTrouble, upstream);
    }

    private void rotateLogs() {
        if (Files.isDirectory(folder.componentLogs())) {
            for (Component component : Component.values()) {
                ComponentLog.of(folder.componentLogs(), component.label()).rotateIfLong();
            }
        }
    }
}
