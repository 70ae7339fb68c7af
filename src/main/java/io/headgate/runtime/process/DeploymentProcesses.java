package io.headgate.runtime.process;

import io.headgate.host.ChildProcess;
import io.headgate.host.ProcessIdentity;
import io.headgate.host.ProcessTable;
import io.headgate.host.RunAs;
import io.headgate.host.Signal;
import io.headgate.host.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The processes of one Deployment: starts and ends them, and finds them again after our own death.
///
/// A component is one session. What we remember of it is written right after its start; whatever else carries the
/// Deployment's marker is a leftover: of a component that died and left its workers, or of a start that we did not
/// live to write down. Leftovers are killed, so nothing ever runs twice.
///
/// Not thread-safe: one pass over a Deployment at a time.
final class DeploymentProcesses {
    /// Long enough for the kernel to tear down a process that was swapped out; more means it hangs in a system call.
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private static final int SIGNALLED = 128;

    private final Marker marker;
    private final RunAs user;
    private final DeploymentFolder folder;
    private final Clock clock;
    private final Supplier<List<String>> restraints;
    private final Map<Component, ComponentRecord> records = new EnumMap<>(Component.class);
    private final Map<Component, Process> children = new EnumMap<>(Component.class);
    private final OutgoingProcesses outgoing;

    /// @param restraints what each is started with, see {@link RunningFence}
    DeploymentProcesses(
            Marker marker, RunAs user, DeploymentFolder folder, Clock clock, Supplier<List<String>> restraints) {
        this.restraints = restraints;
        this.marker = marker;
        this.user = user;
        this.folder = folder;
        this.clock = clock;
        this.outgoing = new OutgoingProcesses(folder.run(), clock);
    }

    /// Those that the current ones take over from.
    OutgoingProcesses outgoing() {
        return outgoing;
    }

    /// Takes over what an earlier Headgate started and still lives; kills what it left otherwise.
    void adopt() throws InterruptedException {
        outgoing.adopt(this::isOurs);
        for (Component component : Component.values()) {
            ComponentRecord.read(file(component))
                    .filter(record -> record.process().alive() && isOurs(record.process()))
                    .filter(record -> !outgoing.contains(record))
                    .ifPresentOrElse(record -> records.put(component, record), () -> forget(component));
        }
        // an earlier Headgate may have died while it had stopped them to end what they had started beyond their limits
        records.values().forEach(DeploymentProcesses::letContinue);
        outgoing.alive().forEach(old -> letContinue(old.record()));
        endLeftovers();
    }

    private static void letContinue(ComponentRecord record) {
        Signal.CONTINUE.sendToGroup(record.process().session());
    }

    /// The components that are alive.
    Map<Component, ComponentRecord> alive() {
        Map<Component, ComponentRecord> alive = new EnumMap<>(records);
        alive.values().removeIf(record -> !record.process().alive());
        return alive;
    }

    /// Whether an api-server of ours that was started for that port is alive.
    boolean servesAt(int apiPort) {
        ComponentRecord current = alive().get(Component.API_SERVER);
        return (current != null && current.apiPort() == apiPort)
                || outgoing.alive(Component.API_SERVER)
                        .anyMatch(old -> old.record().apiPort() == apiPort);
    }

    /// The components that neither live nor have died unnoticed.
    Set<Component> absent() {
        Set<Component> absent = EnumSet.allOf(Component.class);
        absent.removeAll(records.keySet());
        return absent;
    }

    /// Finds the components that have died since they were last seen, and kills what they left behind.
    List<EndedComponent> buryDead() throws InterruptedException {
        List<EndedComponent> dead = new ArrayList<>();
        for (Map.Entry<Component, ComponentRecord> entry : records.entrySet()) {
            if (!entry.getValue().process().alive()) {
                dead.add(new EndedComponent(entry.getKey(), entry.getValue(), howItEnded(entry.getKey())));
            }
        }
        boolean anyOutgoing = outgoing.buryDead();
        dead.forEach(ended -> forget(ended.component()));
        if (anyOutgoing || !dead.isEmpty()) {
            endLeftovers();
        }
        return dead;
    }

    /// Makes room for others of the same kind beside these, which go on working until they are told to stop.
    void release(Collection<Component> components) {
        Map<Component, ComponentRecord> alive = alive();
        for (Component component : components) {
            ComponentRecord record = alive.get(component);
            if (record != null) {
                outgoing.take(component, record);
                forget(component);
            }
        }
    }

    /// Stops outgoing ones of a kind that must not run twice, within a grace.
    void stopOutgoing(Component component, Duration grace) throws InterruptedException {
        end(outgoing.alive(component).map(OutgoingProcess::record).toList(), grace);
        outgoing.buryDead();
    }

    void start(Component component, Launch launch) {
        ChildProcess.Started started = new ChildProcess(
                        launch.command(),
                        user,
                        launch.environment(),
                        folder.home(),
                        ComponentLog.of(folder.componentLogs(), component.label())
                                .ready(),
                        restraints.get())
                .launch();
        ComponentRecord record =
                new ComponentRecord(started.identity(), launch.configHash(), launch.apiPort(), clock.instant());
        records.put(component, record);
        children.put(component, started.process());
        record.write(file(component));
    }

    void stop(Collection<Component> components, Duration grace) throws InterruptedException {
        end(components.stream().map(alive()::get).filter(Objects::nonNull).toList(), grace);
        components.forEach(this::forget);
    }

    /// Side by side: a polite signal to their groups, the grace for running tasks, then the axe.
    private static void end(List<ComponentRecord> going, Duration grace) throws InterruptedException {
        Set<Long> sessions =
                going.stream().map(record -> record.process().session()).collect(Collectors.toSet());
        // shell tasks have sessions of their own and lose their parents on the way: whoever was seen once is ended
        Set<ProcessIdentity> seen = new HashSet<>(ProcessTable.now().family(sessions));
        Supplier<Set<ProcessIdentity>> left = () -> {
            seen.addAll(ProcessTable.now().family(sessions));
            seen.removeIf(process -> !process.alive());
            return seen;
        };
        going.forEach(record -> Signal.TERMINATE.sendToGroup(record.process().session()));
        Wait.until(
                grace,
                () -> going.stream().noneMatch(record -> record.process().alive())
                        && left.get().isEmpty());
        kill(left);
    }

    /// Stops all components, current and outgoing, and ends everything else that belongs to the Deployment; verifies
    /// that nothing is left.
    void stopAll(Duration grace) throws InterruptedException {
        end(
                Stream.concat(
                                alive().values().stream(),
                                outgoing.alive().stream().map(OutgoingProcess::record))
                        .toList(),
                grace);
        List.of(Component.values()).forEach(this::forget);
        outgoing.buryDead();
        endLeftovers();
        kill(this::withoutMarker);
    }

    /// Kills what carries the marker and belongs to no living component.
    void endLeftovers() throws InterruptedException {
        kill(this::leftovers);
    }

    Set<ProcessIdentity> leftovers() {
        ProcessTable table = ProcessTable.now();
        Set<ProcessIdentity> known = table.family(Stream.concat(
                        alive().values().stream().map(ComponentRecord::process),
                        outgoing.alive().stream().map(OutgoingProcess::process))
                .map(ProcessIdentity::session)
                .collect(Collectors.toSet()));
        return table.all().stream()
                .filter(process -> !known.contains(process) && isOurs(process))
                .collect(Collectors.toSet());
    }

    /// What runs under the Deployment's own user with an environment that hides where it comes from: user code can
    /// start such things. Under our own user they cannot be told from anything else.
    private Set<ProcessIdentity> withoutMarker() {
        if (!(user instanceof RunAs.UserId(int uid))) {
            return Set.of();
        }
        return ProcessTable.now().all().stream()
                .filter(process -> process.uid().filter(owner -> owner == uid).isPresent()
                        && Marker.of(process).isEmpty())
                .collect(Collectors.toSet());
    }

    private boolean isOurs(ProcessIdentity process) {
        boolean rightUser = switch (user) {
            case RunAs.UserId(int uid) ->
                process.uid().filter(owner -> owner == uid).isPresent();
            case RunAs.Ourselves() -> true; // the environment of other users' processes cannot be read
        };
        return rightUser && marker.isOn(process);
    }

    private static void kill(Supplier<Set<ProcessIdentity>> whom) throws InterruptedException {
        if (!Signal.killUntilGone(KILL_LIMIT, whom)) {
            throw new RuntimeTrouble("processes of this Deployment cannot be killed: "
                    + whom.get().stream().map(process -> "pid " + process.pid()).collect(Collectors.joining(", "))
                    + "; the host may have a hanging disk or network file system");
        }
    }

    private String howItEnded(Component component) throws InterruptedException {
        Process child = children.get(component);
        if (child == null || !child.waitFor(1, TimeUnit.SECONDS)) {
            return "ended";
        }
        int exit = child.exitValue();
        return exit > SIGNALLED ? "was killed by signal " + (exit - SIGNALLED) : "ended with exit code " + exit;
    }

    private void forget(Component component) {
        records.remove(component);
        children.remove(component);
        try {
            Files.deleteIfExists(file(component));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file(component), e);
        }
    }

    private Path file(Component component) {
        return ComponentRecord.file(folder.run(), component);
    }
}
