package io.headgate.token;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.kernel.ApiTokenId;
import io.headgate.organization.WorkspaceEnd;
import io.headgate.storage.Transaction;

/// A token never outlives its Workspace.
public final class TokensEndWithTheirWorkspace implements WorkspaceEnd {
    private final AuditLog audit;
    private final LiveTokens live;
    private final ApiTokenStore store = new ApiTokenStore();

    public TokensEndWithTheirWorkspace(AuditLog audit, LiveTokens live) {
        this.audit = audit;
        this.live = live;
    }

    @Override
    public void workspaceDeleted(Transaction transaction, Caller caller, Scope.OfWorkspace workspace) {
        for (ApiTokenId id : store.deleteOf(transaction, workspace.workspaceId())) {
            audit.append(transaction, caller, new AuditEvent("token.deleted", workspace, "API_TOKEN", id.value()));
            transaction.afterwards(() -> live.refresh(id));
        }
    }
}
