package io.headgate.launch;

import io.headgate.deployment.UserIsolation;
import io.headgate.kernel.Problem;
import java.util.Optional;

/// Whether a further Deployment may join those that share a user: somebody who operates this must have said so.
///
/// @param given by `--allow-shared-user`
record SharedUserConsent(UserIsolation isolation, boolean given) {

    /// Why another Deployment is refused, if so many exist.
    Optional<Problem> refusal(int existing) {
        return switch (isolation) {
            case USER_EACH -> Optional.empty();
            case SHARED_USER ->
                given || existing == 0
                        ? Optional.empty()
                        : Optional.of(Problem.conflict(
                                "deployment.shared-user",
                                "a second Deployment is refused: Headgate does not run as root, so all Deployments would"
                                        + " share one user and could read each other's secrets; start it with"
                                        + " --allow-shared-user to accept that"));
        };
    }
}
