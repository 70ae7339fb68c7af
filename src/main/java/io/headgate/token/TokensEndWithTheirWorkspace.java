package io.headgate.token;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.kernel.ApiTokenId;
import io.headgate.organization.WorkspaceEnd;
import io.headgate.storage.Transaction;

/// A token never outlives its Workspace, and a wider token loses the roles that it held there (T11).
public final class TokensEndWithTheirWorkspace implements WorkspaceEnd {
    private final AuditLog audit;
    private final LiveTokens live;
    private final ApiTokenStore store = new ApiTokenStore();
    private final TokenRoleStore roles = new TokenRoleStore();

    public TokensEndWithTheirWorkspace(AuditLog audit, LiveTokens live) {
        this.audit = audit;
        this.live = live;
    }

    @Override
    public void workspaceDeleted(Transaction transaction, Caller caller, Scope.OfWorkspace workspace) {
        // its own first: with them go their further roles
        store.deleteOf(transaction, workspace.workspaceId())
                .forEach(id -> record(transaction, caller, "token.deleted", workspace, id));
        roles.takeAllIn(transaction, workspace.workspaceId())
                .forEach(id -> record(transaction, caller, "token.role-taken", workspace, id));
    }

    private void record(Transaction transaction, Caller caller, String action, Scope scope, ApiTokenId id) {
        audit.append(transaction, caller, new AuditEvent(action, scope, "API_TOKEN", id.value()));
        transaction.afterwards(() -> live.refresh(id));
    }
}
