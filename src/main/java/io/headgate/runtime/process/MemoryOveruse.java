package io.headgate.runtime.process;

import io.headgate.host.ProcessIdentity;
import io.headgate.host.Signal;
import io.headgate.host.UserProcesses;
import io.headgate.host.UserProcesses.Member;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Holds each Deployment to its memory: the largest of what is not Airflow itself is killed, until it fits.
final class MemoryOveruse {
    private static final Logger LOG = Logger.getLogger(MemoryOveruse.class);

    private final RunningLimits limits;
    private final Supplier<Map<Integer, DeploymentFolder>> deployments;
    private final Relapses relapses;

    MemoryOveruse(RunningLimits limits, Supplier<Map<Integer, DeploymentFolder>> deployments, Relapses relapses) {
        this.limits = limits;
        this.deployments = deployments;
        this.relapses = relapses;
    }

    /// Looks once; true if something was killed.
    boolean look() {
        Map<Integer, DeploymentFolder> folders = deployments.get();
        boolean ended = false;
        for (Map.Entry<Integer, UserProcesses> each :
                UserProcesses.of(folders.keySet()).entrySet()) {
            DeploymentFolder folder = folders.get(each.getKey());
            if (folder != null && each.getValue().residentBytes() > limits.memoryBytes()) {
                ended |= endLargest(each.getValue(), folder);
            }
        }
        return ended;
    }

    private boolean endLargest(UserProcesses processes, DeploymentFolder folder) {
        Map<Member, Long> bytes = new HashMap<>();
        processes.members().forEach(member -> bytes.put(member, member.proportionalBytes()));
        long used = bytes.values().stream().mapToLong(Long::longValue).sum();
        if (used <= limits.memoryBytes()) {
            return false; // pages that are shared had been counted for each
        }
        boolean again = relapses.again(folder.deployment());
        Set<ProcessIdentity> airflow =
                again ? Set.of() : RecordedProcesses.of(folder).withWorkers(processes);
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
        return true;
    }
}
