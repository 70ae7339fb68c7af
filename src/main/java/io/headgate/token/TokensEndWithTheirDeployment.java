package io.headgate.token;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.deployment.DeploymentEnd;
import io.headgate.kernel.ApiTokenId;
import io.headgate.storage.Transaction;

/// A token never outlives its Deployment (S38, item 26).
public final class TokensEndWithTheirDeployment implements DeploymentEnd {
    private final AuditLog audit;
    private final LiveTokens live;
    private final ApiTokenStore store = new ApiTokenStore();

    public TokensEndWithTheirDeployment(AuditLog audit, LiveTokens live) {
        this.audit = audit;
        this.live = live;
    }

    @Override
    public void deploymentDeleted(Transaction transaction, Caller caller, Scope.OfDeployment deployment) {
        for (ApiTokenId id : store.deleteOf(transaction, deployment.deploymentId())) {
            audit.append(transaction, caller, new AuditEvent("token.deleted", deployment, "API_TOKEN", id.value()));
            transaction.afterwards(() -> live.refresh(id));
        }
    }
}
