package io.headgate.runtime.process;

import io.headgate.host.ProcessIdentity;
import io.headgate.host.ProcessorShare;
import io.headgate.host.Signal;
import io.headgate.host.UserProcesses;
import io.headgate.host.UserProcesses.Member;
import io.headgate.host.Wait;
import io.headgate.kernel.FailPoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Holds each Deployment to its number of processes and threads, and to its share of the processors meanwhile.
///
/// 1. Many sessions that are not Airflow's own get the smallest share that there is: the kernel divides processors
/// evenly
///    among sessions, and a few hundred busy ones would leave the others next to nothing long before they are too many.
/// 2. Too many processes are all stopped first, so that nothing forks while it is being ended; until then the kernel's
///    limit keeps them from growing. What Airflow itself consists of goes on afterwards, all else is killed, under
///    whatever parent and session it hides.
///
/// Nothing here waits for what those processes hold: reading their memory, for example, waits for a fork to end.
final class ProcessOveruse {
    private static final Logger LOG = Logger.getLogger(ProcessOveruse.class);
    private static final Duration FREEZE_LIMIT = Duration.ofSeconds(10);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    /// More than validation, builds and daemons of honest tasks have at once.
    private static final int SESSIONS_WITH_A_FULL_SHARE = 16;

    private final RunningLimits limits;
    private final Supplier<Map<Integer, DeploymentFolder>> deployments;
    private final Relapses relapses;

    ProcessOveruse(RunningLimits limits, Supplier<Map<Integer, DeploymentFolder>> deployments, Relapses relapses) {
        this.limits = limits;
        this.deployments = deployments;
        this.relapses = relapses;
    }

    /// Looks once; true if some Deployment has so many sessions that the next look should be soon.
    boolean look() throws InterruptedException {
        Map<Integer, DeploymentFolder> folders = deployments.get();
        Map<Integer, UserProcesses> running = UserProcesses.of(folders.keySet());
        boolean swarm = false;
        for (Map.Entry<Integer, UserProcesses> each : running.entrySet()) {
            DeploymentFolder folder = folders.get(each.getKey());
            UserProcesses processes = each.getValue();
            if (folder == null) {
                continue;
            }
            if (processes.threads() > limits.processes()) {
                end(each.getKey(), folder, processes.threads());
            } else {
                swarm |= slow(folder, processes);
            }
        }
        return swarm;
    }

    private static boolean slow(DeploymentFolder folder, UserProcesses processes) {
        if (processes.members().size() <= SESSIONS_WITH_A_FULL_SHARE) {
            return false;
        }
        Map<Long, Member> sessions = new HashMap<>();
        processes.members().forEach(member -> sessions.put(member.identity().session(), member));
        RecordedProcesses.of(folder).components().keySet().forEach(leader -> sessions.remove(leader.session()));
        if (sessions.size() <= SESSIONS_WITH_A_FULL_SHARE) {
            return false;
        }
        sessions.values().forEach(member -> ProcessorShare.giveLittle(member.identity()));
        return true;
    }

    private void end(int uid, DeploymentFolder folder, int threads) throws InterruptedException {
        boolean again = relapses.again(folder.deployment());
        freeze(uid);
        FailPoint.OVERUSE_STOPPED.pass();
        // what is not killed in the end stays stopped, and is met again at the next look
        Set<ProcessIdentity> airflow =
                again ? Set.of() : RecordedProcesses.of(folder).withWorkers(UserProcesses.of(uid));
        Set<ProcessIdentity> ended = new HashSet<>();
        boolean gone = Signal.killUntilGone(KILL_LIMIT, () -> {
            Set<ProcessIdentity> surplus = identities(UserProcesses.of(uid));
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

    private static void freeze(int uid) throws InterruptedException {
        var _ = Wait.until(FREEZE_LIMIT, () -> {
            Set<ProcessIdentity> moving = UserProcesses.of(uid).members().stream()
                    .filter(member -> !member.stopped())
                    .map(Member::identity)
                    .collect(Collectors.toSet());
            moving.forEach(Signal.STOP::send);
            return moving.isEmpty();
        });
    }

    private static Set<ProcessIdentity> identities(UserProcesses processes) {
        return processes.members().stream().map(Member::identity).collect(Collectors.toCollection(HashSet::new));
    }
}
