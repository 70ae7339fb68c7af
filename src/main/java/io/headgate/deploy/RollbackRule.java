package io.headgate.deploy;

import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.kernel.Problem;
import java.time.Duration;
import java.util.Optional;

/// Which deploys of one Deployment can be rolled back to (H2, H10).
///
/// @param newest what the queue ends with: what is live now, or will be when nothing fails; empty before the first
/// @param retention for which code is kept
public record RollbackRule(DeploymentStatus status, Optional<BundleVersion> newest, Duration retention) {

    /// Why that deploy cannot be; empty if it can.
    public Optional<Problem> against(Deploy target) {
        if (target.state() != DeployState.DEPLOYED) {
            return refused("only a deploy that was DEPLOYED can be rolled back to");
        }
        if (target.purgedAt().isPresent()) {
            return refused("the code of that deploy is not kept any more: it was thrown away on "
                    + target.purgedAt().get() + ", after " + retention.toDays() + " days");
        }
        if (newest.equals(target.version())) {
            return refused("that deploy's code is the current one");
        }
        return DeployProblems.notUp(status);
    }

    private static Optional<Problem> refused(String because) {
        return Optional.of(Problem.badRequest("deploy.rollback-refused", "rollback refused: " + because));
    }
}
