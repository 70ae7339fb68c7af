package io.headgate.runtime.process;

import io.headgate.host.ProcessIdentity;
import io.headgate.host.ProcessTable;
import io.headgate.host.Signal;
import io.headgate.kernel.DeploymentId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The variable by which the processes of one confined command are known.
///
/// Not the {@link Marker} of the Deployment: whatever carries that and is no component is a leftover, and is killed
/// while the command is still at work.
///
/// @param run tells commands of one Deployment apart; letters and digits
record ConfinementMark(Instance instance, DeploymentId deployment, String run) {
    private static final String VARIABLE = "HEADGATE_CONFINED";
    private static final Duration KILL_LIMIT = Duration.ofSeconds(15);

    Map<String, String> variables() {
        return Map.of(VARIABLE, start(instance) + deployment + "/" + run, "SPT_NOENV", "1");
    }

    Set<ProcessIdentity> carriers() {
        String whole = VARIABLE + "=" + start(instance) + deployment + "/" + run;
        return ProcessTable.now().all().stream()
                .filter(process -> process.environment().contains(whole))
                .collect(Collectors.toSet());
    }

    /// Kills what commands of an earlier Headgate over the same data folder left, with all that they started. None of
    /// ours may be under way.
    static void endLeftovers(Instance instance) throws InterruptedException {
        String start = VARIABLE + "=" + start(instance);
        boolean gone = Signal.killUntilGone(KILL_LIMIT, () -> {
            ProcessTable table = ProcessTable.now();
            Set<Long> sessions = table.all().stream()
                    .filter(process -> process.environment().stream().anyMatch(line -> line.startsWith(start)))
                    .map(ProcessIdentity::session)
                    .filter(session -> session > 1)
                    .collect(Collectors.toSet());
            return table.family(sessions);
        });
        if (!gone) {
            throw new RuntimeTrouble("processes of pushed code, left by an earlier run, cannot be killed");
        }
    }

    private static String start(Instance instance) {
        return instance.name() + "/";
    }
}
