package io.headgate.audit;

import java.util.Set;

/// What the audit log can say was done to a Deployment or to what belongs to it. Whoever tells people what changed
/// there
/// has words for each of them, or says that it is no change; a new action is listed here before it can be recorded.
public final class DeploymentActions {
    public static final Set<String> ALL = Set.of(
            "airflow.changed",
            "airflow.opened",
            "alert.created",
            "alert.deleted",
            "deploy.created",
            "deploy.finalized",
            "deploy.rolledBack",
            "deploy.updated",
            "deployment.created",
            "deployment.deleted",
            "deployment.updated",
            "token.created",
            "token.deleted",
            "token.refused",
            "token.role-changed",
            "token.role-given",
            "token.role-taken",
            "token.rotated",
            "token.updated");

    private DeploymentActions() {}
}
