package io.headgate.runtime.process;

import io.headgate.host.ControlGroups;
import io.headgate.host.OomPreference;
import io.headgate.host.OwnLimits;
import io.headgate.host.SystemProgram;
import io.headgate.kernel.DeploymentId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/// What holds the processes of a running Deployment to its limits on this host.
///
/// Control groups where we are given some: the kernel counts all of a Deployment together. Else limits of each process,
/// and as root of each user; {@link OveruseWatch} adds up what they do not.
sealed interface RunningFence {
    Logger LOG = Logger.getLogger(RunningFence.class);

    /// Words that, put before a command, hold it and all that it starts to the limits; they need our rights.
    List<String> restraints(DeploymentId id);

    /// Forgets a Deployment of which nothing runs any more.
    void remove(DeploymentId id);

    /// In a sentence, for whoever operates this.
    String words();

    /// The best that this host offers.
    static RunningFence of(RunningLimits limits, boolean root) {
        return switch (ControlGroups.find()) {
            case ControlGroups.Found.Usable(ControlGroups groups) -> new ByControlGroup(groups, limits);
            case ControlGroups.Found.Unusable(String why) -> new ByProcess(limits, root, why);
        };
    }

    record ByControlGroup(ControlGroups groups, RunningLimits limits) implements RunningFence {
        private static final String NAME = "deployment-";

        @Override
        public List<String> restraints(DeploymentId id) {
            try {
                List<String> words =
                        new ArrayList<>(groups.prefix(NAME + id, limits.memoryBytes(), limits.processesRefused()));
                words.addAll(OomPreference.AIRFLOW.prefix());
                return words;
            } catch (IOException e) {
                throw new RuntimeTrouble("its control group cannot be made: " + e.getMessage(), e);
            }
        }

        @Override
        public void remove(DeploymentId id) {
            if (!groups.remove(NAME + id)) {
                LOG.warnf("the control group of Deployment %s is not empty and stays", id);
            }
        }

        @Override
        public String words() {
            return "control groups below " + groups.subtree();
        }
    }

    /// @param root whether each Deployment has a user of its own: otherwise its limit would be ours
    /// @param why there are no control groups
    record ByProcess(RunningLimits limits, boolean root, String why) implements RunningFence {
        @Override
        public List<String> restraints(DeploymentId id) {
            List<String> words = new ArrayList<>(List.of(
                    SystemProgram.path("prlimit"),
                    "--data=" + OwnLimits.DATA.atMost(limits.memoryBytes()),
                    "--as=" + OwnLimits.ADDRESS_SPACE.atMost(limits.addressSpaceBytes()),
                    "--core=0"));
            if (root) {
                words.add("--nproc=" + OwnLimits.PROCESSES.atMost(limits.processesRefused()));
            }
            words.addAll(OomPreference.AIRFLOW.prefix());
            return words;
        }

        @Override
        public void remove(DeploymentId id) {}

        @Override
        public String words() {
            return "limits of processes and users (cgroup v2 cannot be used: " + why + ")";
        }
    }
}
