package io.headgate.host;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/// All living processes of this machine at one moment, and which started which.
public final class ProcessTable {
    private final Map<Long, ProcessIdentity.Stat> byPid;

    private ProcessTable(Map<Long, ProcessIdentity.Stat> byPid) {
        this.byPid = byPid;
    }

    public static ProcessTable now() {
        Map<Long, ProcessIdentity.Stat> byPid = new HashMap<>();
        ProcessIdentity.stats().forEach(stat -> byPid.put(stat.identity().pid(), stat));
        return new ProcessTable(byPid);
    }

    public List<ProcessIdentity> all() {
        return byPid.values().stream().map(ProcessIdentity.Stat::identity).toList();
    }

    /// The processes of these sessions and everything they started, also what has taken a session of its own since:
    /// Airflow's shell tasks do.
    public Set<ProcessIdentity> family(Set<Long> sessions) {
        Map<Long, Set<ProcessIdentity>> children = new HashMap<>();
        Queue<ProcessIdentity> left = new ArrayDeque<>();
        byPid.values().forEach(stat -> {
            children.computeIfAbsent(stat.parent(), parent -> new HashSet<>()).add(stat.identity());
            if (sessions.contains(stat.identity().session())) {
                left.add(stat.identity());
            }
        });
        Set<ProcessIdentity> family = new HashSet<>();
        for (Optional<ProcessIdentity> next = poll(left); next.isPresent(); next = poll(left)) {
            if (family.add(next.get())) {
                left.addAll(children.getOrDefault(next.get().pid(), Set.of()));
            }
        }
        return family;
    }

    private static Optional<ProcessIdentity> poll(Queue<ProcessIdentity> queue) {
        return Optional.ofNullable(queue.poll());
    }
}
