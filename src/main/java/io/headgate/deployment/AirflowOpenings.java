package io.headgate.deployment;

import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.access.Scope;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.storage.Transactions;

/// Who may open the pages of a Deployment's Airflow; that somebody did is recorded (U5).
public final class AirflowOpenings {
    private final Transactions transactions;
    private final AuditLog audit;
    private final DeploymentRoutes routes;

    public AirflowOpenings(Transactions transactions, AuditLog audit, DeploymentRoutes routes) {
        this.transactions = transactions;
        this.audit = audit;
        this.routes = routes;
    }

    /// The Deployment that has a namespace; who may not open it is answered as if there were none, because they were
    /// led here by an address that anybody can make up.
    public Scope.OfDeployment open(Caller caller, String namespace) {
        Scope.OfDeployment scope = routes.find(namespace)
                .map(DeploymentRoute::scope)
                .filter(caller::sees)
                .filter(found -> caller.may(DeploymentPermission.AIRFLOW_WEBSITE_GET, found))
                .orElseThrow(() -> Deployments.notFound().asException());
        transactions.useTransaction(tx -> audit.append(
                tx,
                caller,
                new AuditEvent(
                        "airflow.opened",
                        scope,
                        "DEPLOYMENT",
                        scope.deploymentId().value())));
        return scope;
    }
}
