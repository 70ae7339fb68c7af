package io.headgate.token;

import io.headgate.access.Role;
import io.headgate.access.RoleAssignment;
import io.headgate.access.Scope;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;
import io.headgate.storage.JsonColumn;
import io.headgate.storage.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SQL of the roles that tokens hold beside the one on their own object.
final class TokenRoleStore {
    /// A column of statements on `api_token`; NULL for a token that holds no further role.
    static final String FURTHER_ROLES = """
            (SELECT jsonb_agg(
                    jsonb_build_object('workspaceId', workspace_id, 'deploymentId', deployment_id, 'role', role)
                    ORDER BY workspace_id, deployment_id NULLS FIRST)
                FROM api_token_role WHERE token_id = api_token.id) AS further_roles""";

    /// Whether the caller may look at the tokens of the object on which a role is `held`.
    static final String IS_SHOWN = """
            CASE
                WHEN held.deployment_id IS NOT NULL THEN :everyDeployment
                    OR held.workspace_id = ANY(:workspacesOfDeployments) OR held.deployment_id = ANY(:deployments)
                WHEN held.workspace_id IS NOT NULL THEN :everyWorkspace OR held.workspace_id = ANY(:workspaces)
                ELSE :organizationTokens
            END""";

    /// A condition on `api_token`, up to where `AND` may go on about the role `held`: it is on an object whose tokens
    /// the
    /// caller may look at.
    static final String HOLDS_A_SHOWN_ROLE = """
            EXISTS (
                SELECT 1 FROM (
                    SELECT api_token.workspace_id, api_token.deployment_id
                    UNION ALL
                    SELECT further.workspace_id, further.deployment_id
                    FROM api_token_role further WHERE further.token_id = api_token.id) held
                WHERE\s""" + IS_SHOWN;

    private static final String INSERT = """
            INSERT INTO api_token_role (token_id, workspace_id, deployment_id, role)
            VALUES (:tokenId, :workspaceId, :deploymentId, :role)
            """;

    private static final String DELETE_OF_TOKEN = "DELETE FROM api_token_role WHERE token_id = :tokenId";

    private static final String DELETE_OF_DEPLOYMENT =
            "DELETE FROM api_token_role WHERE deployment_id = :deploymentId RETURNING token_id";

    private static final String DELETE_OF_WORKSPACE =
            "DELETE FROM api_token_role WHERE workspace_id = :workspaceId RETURNING token_id";

    /// An element of {@link #FURTHER_ROLES}.
    private record Stored(String workspaceId, @Nullable String deploymentId, String role) {}

    /// Makes these the token's further roles.
    void replace(Transaction transaction, ApiTokenId tokenId, List<RoleAssignment> roles) {
        transaction
                .handle()
                .createUpdate(DELETE_OF_TOKEN)
                .bind("tokenId", tokenId)
                .execute();
        if (roles.isEmpty()) {
            return;
        }
        var batch = transaction.handle().prepareBatch(INSERT);
        for (RoleAssignment assignment : roles) {
            batch.bind("tokenId", tokenId)
                    .bind("workspaceId", workspaceOf(assignment.scope()))
                    .bind("deploymentId", deploymentOf(assignment.scope()))
                    .bind("role", assignment.role().name())
                    .add();
        }
        var _ = batch.execute();
    }

    /// Takes what any token holds on a Deployment beside its own; returns the tokens, each once.
    List<ApiTokenId> takeAllOn(Transaction transaction, DeploymentId deploymentId) {
        return transaction
                .handle()
                .createUpdate(DELETE_OF_DEPLOYMENT)
                .bind("deploymentId", deploymentId)
                .executeAndReturnGeneratedKeys()
                .map((row, _) -> new ApiTokenId(row.getString("token_id")))
                .list();
    }

    /// The same for a Workspace and all that is in it.
    List<ApiTokenId> takeAllIn(Transaction transaction, WorkspaceId workspaceId) {
        return transaction
                .handle()
                .createUpdate(DELETE_OF_WORKSPACE)
                .bind("workspaceId", workspaceId)
                .executeAndReturnGeneratedKeys()
                .map((row, _) -> new ApiTokenId(row.getString("token_id")))
                .stream()
                .distinct()
                .toList();
    }

    static List<RoleAssignment> furtherRoles(ResultSet row, OrganizationId organizationId) throws SQLException {
        String json = row.getString("further_roles");
        return json == null
                ? List.of()
                : Arrays.stream(JsonColumn.read(json, Stored[].class))
                        .map(stored -> new RoleAssignment(role(stored.role()), scope(organizationId, stored)))
                        .toList();
    }

    static Role role(String name) {
        return Role.named(name).orElseThrow(() -> new IllegalStateException("unknown role " + name));
    }

    private static Scope scope(OrganizationId organizationId, Stored stored) {
        WorkspaceId workspaceId = new WorkspaceId(stored.workspaceId());
        return stored.deploymentId() == null
                ? new Scope.OfWorkspace(organizationId, workspaceId)
                : new Scope.OfDeployment(organizationId, workspaceId, new DeploymentId(stored.deploymentId()));
    }

    static @Nullable WorkspaceId workspaceOf(Scope scope) {
        return switch (scope) {
            case Scope.OfOrganization _ -> null;
            case Scope.OfWorkspace workspace -> workspace.workspaceId();
            case Scope.OfDeployment deployment -> deployment.workspaceId();
        };
    }

    static @Nullable DeploymentId deploymentOf(Scope scope) {
        return scope instanceof Scope.OfDeployment deployment ? deployment.deploymentId() : null;
    }
}
