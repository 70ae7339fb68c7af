package io.headgate.token;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.deployment.DeploymentEnd;
import io.headgate.kernel.ApiTokenId;
import io.headgate.storage.Transaction;

/// A token never outlives its Deployment (S38, item 26), and a wider token loses the role that it held there (T11).
public final class TokensEndWithTheirDeployment implements DeploymentEnd {
    private final AuditLog audit;
    private final LiveTokens live;
    private final ApiTokenStore store = new ApiTokenStore();
    private final TokenRoleStore roles = new TokenRoleStore();

    public TokensEndWithTheirDeployment(AuditLog audit, LiveTokens live) {
        this.audit = audit;
        this.live = live;
    }

    @Override
    public void deploymentDeleted(Transaction transaction, Caller caller, Scope.OfDeployment deployment) {
        // its own first: with them go their further roles
        store.deleteOf(transaction, deployment.deploymentId())
                .forEach(id -> record(transaction, caller, "token.deleted", deployment, id));
        roles.takeAllOn(transaction, deployment.deploymentId())
                .forEach(id -> record(transaction, caller, "token.role-taken", deployment, id));
    }

    private void record(Transaction transaction, Caller caller, String action, Scope scope, ApiTokenId id) {
        audit.append(transaction, caller, new AuditEvent(action, scope, "API_TOKEN", id.value()));
        transaction.afterwards(() -> live.refresh(id));
    }
}
