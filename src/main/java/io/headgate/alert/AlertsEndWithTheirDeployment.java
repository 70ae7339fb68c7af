package io.headgate.alert;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.deployment.DeploymentEnd;
import io.headgate.kernel.AlertId;
import io.headgate.storage.Transaction;

/// An alert never outlives its Deployment.
public final class AlertsEndWithTheirDeployment implements DeploymentEnd {
    private final AuditLog audit;
    private final AlertStore store = new AlertStore();
    private final NotificationStore notifications = new NotificationStore();

    public AlertsEndWithTheirDeployment(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public void deploymentDeleted(Transaction transaction, Caller caller, Scope.OfDeployment deployment) {
        for (AlertId id : store.deleteOf(transaction, deployment.deploymentId())) {
            audit.append(transaction, caller, new AuditEvent("alert.deleted", deployment, "ALERT", id.value()));
        }
        notifications.unwatch(transaction, deployment.deploymentId());
    }
}
