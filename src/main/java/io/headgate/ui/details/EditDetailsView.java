package io.headgate.ui.details;

import io.headgate.deployment.DeploymentOptions;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Seen;
import java.util.List;

/// The form of the settings that can be changed.
///
/// @param seen what it was filled in from
/// @param unsaved whether it holds what somebody typed and nobody saved yet
/// @param hasQueues whether the executor has worker queues
record EditDetailsView(TypedDetails typed, Seen seen, boolean unsaved, boolean hasQueues, FieldErrors errors) {

    /// What a script makes new lines from.
    public QueueRow pattern() {
        return QueueRow.blank("NUMBER");
    }

    /// A line to fill in for browsers without scripts.
    public QueueRow spare() {
        return QueueRow.blank("a");
    }

    public List<DeploymentOptions.WorkerMachine> machines() {
        return DeploymentOptions.workerMachines();
    }
}
