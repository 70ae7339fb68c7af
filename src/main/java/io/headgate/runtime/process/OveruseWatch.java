package io.headgate.runtime.process;

import io.headgate.host.ProcessIdentity;
import io.headgate.host.Signal;
import io.headgate.host.UserProcesses;
import io.headgate.host.UserProcesses.Member;
import io.headgate.host.Wait;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.FailPoint;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Ends what a Deployment runs beyond its limits: the kernel refuses a fork bomb more processes and leaves those that
/// it
/// has, and without control groups nobody adds up the memory of many.
///
/// 1. Once a second the threads and the memory of each Deployment's user are added up.
/// 2. Over its processes: everything of the user is stopped first, so that nothing forks while it is being ended. What
///    Airflow itself consists of goes on afterwards, all else is killed, under whatever parent and session it hides.
/// 3. Over its memory: the largest of what is not Airflow itself is killed, until it fits.
/// 4. Over its limits again within seconds: everything goes, and supervision starts Airflow anew.
///
/// Only as root: under a shared user nobody can tell whose a process is.
final class OveruseWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OveruseWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration FREEZE_LIMIT = Duration.ofSeconds(10);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(15);

    private final RunningLimits limits;
    private final Supplier<Map<Integer, DeploymentFolder>> deployments;
    private final Map<DeploymentId, Long> lastTime = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("overuse").daemon().factory());

    /// @param deployments by the user that each runs under
    OveruseWatch(RunningLimits limits, Supplier<Map<Integer, DeploymentFolder>> deployments) {
        this.limits = limits;
        this.deployments = deployments;
    }

    OveruseWatch begin() {
        var _ = timer.scheduleWithFixedDelay(
                this::tryToLook, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void tryToLook() {
        try {
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // a timer that throws would never look again
            LOG.warn("what Deployments use could not be looked at; tried again in a second", e);
        }
    }

    void look() throws InterruptedException {
        Map<Integer, DeploymentFolder> folders = deployments.get();
        Map<Integer, UserProcesses> running = UserProcesses.of(folders.keySet());
        for (Map.Entry<Integer, DeploymentFolder> each : folders.entrySet()) {
            UserProcesses processes = running.getOrDefault(each.getKey(), new UserProcesses(List.of()));
            if (processes.threads() > limits.processes()) {
                endSurplus(each.getKey(), each.getValue(), processes.threads());
            } else if (processes.residentBytes() > limits.memoryBytes()) {
                endLargest(processes, each.getValue());
            }
        }
    }

    private void endSurplus(int uid, DeploymentFolder folder, int threads) throws InterruptedException {
        boolean again = again(folder.deployment());
        freeze(uid);
        FailPoint.OVERUSE_STOPPED.pass();
        // what is not killed in the end stays stopped, and is met again at the next look
        Set<ProcessIdentity> airflow = again ? Set.of() : airflow(folder, now(uid));
        Set<ProcessIdentity> ended = new HashSet<>();
        boolean gone = Signal.killUntilGone(KILL_LIMIT, () -> {
            Set<ProcessIdentity> surplus = identities(now(uid));
            surplus.removeAll(airflow);
            ended.addAll(surplus);
            return surplus;
        });
        airflow.forEach(Signal.CONTINUE::send);
        LOG.warnf(
                "Deployment %s ran %d processes and threads, %d are allowed (runtime.process.processes-max):"
                        + " killed %d of its processes%s%s",
                folder.deployment(),
                threads,
                limits.processes(),
                ended.size(),
                again ? ", Airflow's too, for it is not the first time in a while" : "",
                gone ? "" : "; some hang and cannot be killed yet");
    }

    /// In one stroke: one by one would need processor time that a fork bomb does not leave.
    private static void freeze(int uid) throws InterruptedException {
        Signal.STOP.sendToUser(uid);
        var _ = Wait.until(FREEZE_LIMIT, () -> now(uid).stream().allMatch(Member::stopped));
    }

    private void endLargest(UserProcesses processes, DeploymentFolder folder) {
        Map<Member, Long> bytes = new HashMap<>();
        processes.members().forEach(member -> bytes.put(member, member.proportionalBytes()));
        long used = bytes.values().stream().mapToLong(Long::longValue).sum();
        if (used <= limits.memoryBytes()) {
            return; // pages that are shared had been counted for each
        }
        boolean again = again(folder.deployment());
        Set<ProcessIdentity> airflow = again ? Set.of() : airflow(folder, processes.members());
        List<Member> largestFirst = processes.members().stream()
                .filter(member -> !airflow.contains(member.identity()))
                .sorted(Comparator.comparing((Member member) -> bytes.getOrDefault(member, 0L))
                        .reversed())
                .toList();
        long left = used;
        int ended = 0;
        for (Member member : largestFirst) {
            if (left <= limits.memoryBytes()) {
                break;
            }
            Signal.KILL.send(member.identity());
            left -= bytes.getOrDefault(member, 0L);
            ended++;
        }
        LOG.warnf(
                "Deployment %s used %d MiB of memory, %d are allowed (runtime.process.memory-max): killed its %d largest"
                        + " processes%s",
                folder.deployment(),
                used >> 20,
                limits.memoryMib(),
                ended,
                again ? ", Airflow's too, for it is not the first time in a while" : "");
    }

    private boolean again(DeploymentId id) {
        long now = System.nanoTime();
        Long before = lastTime.put(id, now);
        return before != null && now - before < SOON.toNanos();
    }

    /// The components, and what a scheduler and an api-server start by themselves: workers, whose children are tasks.
    /// The children of the others run people's code.
    private static Set<ProcessIdentity> airflow(DeploymentFolder folder, List<Member> members) {
        Set<ProcessIdentity> leaders = new HashSet<>();
        Set<Long> parents = new HashSet<>();
        RecordedProcesses.of(folder).components().forEach((process, component) -> {
            leaders.add(process);
            if (component == Component.SCHEDULER || component == Component.API_SERVER) {
                parents.add(process.pid());
            }
        });
        Set<ProcessIdentity> airflow = new HashSet<>();
        for (Member member : members) {
            if (leaders.contains(member.identity()) || parents.contains(member.parent())) {
                airflow.add(member.identity());
            }
        }
        return airflow;
    }

    private static List<Member> now(int uid) {
        UserProcesses all = UserProcesses.of(Set.of(uid)).get(uid);
        return all == null ? List.of() : all.members();
    }

    private static Set<ProcessIdentity> identities(List<Member> members) {
        Set<ProcessIdentity> identities = new HashSet<>();
        members.forEach(member -> identities.add(member.identity()));
        return identities;
    }
}
