package io.headgate.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.UserId;
import io.headgate.kernel.WorkspaceId;
import io.headgate.testing.Golden;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who may do what, as a text that a reviewer can read: `golden/policy-matrix.txt`.
final class PolicyTest {
    private static final OrganizationId ACME = new OrganizationId(id('a'));
    private static final Scope.OfOrganization ORGANIZATION = new Scope.OfOrganization(ACME);
    private static final Scope.OfWorkspace WORKSPACE = new Scope.OfWorkspace(ACME, new WorkspaceId(id('b')));
    private static final Scope.OfDeployment OWN = deployment(WORKSPACE, 'd');
    private static final Scope.OfDeployment SIBLING = deployment(WORKSPACE, 'e');
    private static final Scope.OfWorkspace OTHER_WORKSPACE = new Scope.OfWorkspace(ACME, new WorkspaceId(id('c')));
    private static final Scope.OfDeployment ELSEWHERE = deployment(OTHER_WORKSPACE, 'f');
    private static final Scope.OfOrganization FOREIGN = new Scope.OfOrganization(new OrganizationId(id('z')));

    private static final Principal OWNER = new Principal(
            new Subject.User(new UserId(id('u')), "ada@example.com", "Ada"),
            List.of(Role.ORGANIZATION_OWNER.in(ORGANIZATION)));
    private static final Principal DEPLOYMENT_TOKEN = token(Role.DEPLOYMENT_ADMIN.in(OWN));

    /// The columns of the matrix; a user and a token with one role may do the same.
    private static final SequencedMap<String, Principal> HOLDERS = holders();

    @Test
    void theMatrixOfRightsIsTheReviewedOne() {
        StringBuilder matrix = new StringBuilder("""
                # ✔ allowed   ✘ denied (403: visible, not permitted)   · hidden (404: as if it did not exist)
                # Whoever holds one role: OO Organization Owner, OB Billing Admin, OM Organization Member; in the Workspace
                # WOw Owner, WOp Operator, WA Author, WM Member, WAc Accessor; TK a Deployment token; WAc+TK an Accessor
                # that holds DEPLOYMENT_ADMIN on the Deployment too.

                """);
        scopes().forEach((name, scope) -> {
            matrix.append("%-44s %s%n".formatted("## " + name, row(HOLDERS.keySet().stream())));
            for (Permission permission : permissionsAt(scope)) {
                matrix.append("%-44s %s%n"
                        .formatted(
                                permission.wireName(),
                                row(HOLDERS.values().stream().map(principal -> mark(principal, permission, scope)))));
            }
            matrix.append('\n');
        });
        Golden.assertMatches("policy-matrix.txt", matrix.toString());
    }

    /// The SQL that finds a Deployment filters by what the policy says: whatever it left out would be a right lost,
    /// what
    /// it found besides would answer later than what is not there.
    @Test
    void theSightOfDeploymentsInSqlIsThePolicys() {
        HOLDERS.forEach((name, holder) -> {
            Reach sight = Reach.ofDeploymentSight(holder, ACME);
            for (Scope.OfDeployment deployment : List.of(OWN, SIBLING, ELSEWHERE)) {
                assertThat(sight.everything()
                                || sight.workspaces().contains(deployment.workspaceId())
                                || sight.deployments().contains(deployment.deploymentId()))
                        .as("%s sees %s", name, deployment)
                        .isEqualTo(Policy.sees(holder, deployment));
            }
        });
    }

    private static String row(Stream<String> cells) {
        return cells.map("%-4s"::formatted).collect(Collectors.joining()).stripTrailing();
    }

    private static SequencedMap<String, Principal> holders() {
        SequencedMap<String, Principal> holders = new LinkedHashMap<>();
        holders.put("OO", OWNER);
        holders.put("OB", token(Role.ORGANIZATION_BILLING_ADMIN.in(ORGANIZATION)));
        holders.put("OM", token(Role.ORGANIZATION_MEMBER.in(ORGANIZATION)));
        holders.put("WOw", token(Role.WORKSPACE_OWNER.in(WORKSPACE)));
        holders.put("WOp", token(Role.WORKSPACE_OPERATOR.in(WORKSPACE)));
        holders.put("WA", token(Role.WORKSPACE_AUTHOR.in(WORKSPACE)));
        holders.put("WM", token(Role.WORKSPACE_MEMBER.in(WORKSPACE)));
        holders.put("WAc", token(Role.WORKSPACE_ACCESSOR.in(WORKSPACE)));
        holders.put("TK", DEPLOYMENT_TOKEN);
        holders.put(
                "WAc+TK",
                new Principal(
                        DEPLOYMENT_TOKEN.subject(),
                        List.of(Role.WORKSPACE_ACCESSOR.in(WORKSPACE), Role.DEPLOYMENT_ADMIN.in(OWN))));
        return holders;
    }

    /// R15: 61 of 70; refused are alerts (S12), tokens (S36) and membership.
    @Test
    void aDeploymentTokenHoldsSixtyOneOfSeventyRights() {
        Set<DeploymentPermission> refused = EnumSet.allOf(DeploymentPermission.class);
        refused.removeAll(DeploymentPermission.in(DeploymentPermission.Column.TK));
        assertThat(DeploymentPermission.values()).hasSize(70);
        assertThat(refused)
                .extracting(DeploymentPermission::wireName)
                .containsExactlyInAnyOrder(
                        "deployment.alerts.create",
                        "deployment.alerts.update",
                        "deployment.alerts.delete",
                        "deployment.apiTokens.create",
                        "deployment.apiTokens.update",
                        "deployment.apiTokens.delete",
                        "deployment.apiTokens.rotate",
                        "deployment.teams.delete",
                        "deployment.users.delete");
    }

    @Test
    void aGrantWithoutPermissionsMakesThingsVisibleAndAllowsNothingElse() {
        Principal bare = token(new Grant(OWN, Set.of()));
        assertThat(Policy.decide(bare, DeploymentPermission.GET, OWN)).isInstanceOf(Decision.Denied.class);
        assertThat(Policy.decide(bare, DeploymentPermission.GET, SIBLING)).isInstanceOf(Decision.Hidden.class);
        assertThat(Policy.decide(bare, WorkspacePermission.GET, WORKSPACE)).isInstanceOf(Decision.Allowed.class);
        assertThat(Policy.decide(DEPLOYMENT_TOKEN, DeploymentPermission.GET, OWN))
                .isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void nobodyWithoutAnyGrantSeesAnything() {
        Principal nobody = new Principal(OWNER.subject(), List.of());
        scopes().values()
                .forEach(scope -> permissionsAt(scope)
                        .forEach(permission -> assertThat(Policy.decide(nobody, permission, scope))
                                .isInstanceOf(Decision.Hidden.class)));
    }

    private static String mark(Principal principal, Permission permission, Scope scope) {
        return switch (Policy.decide(principal, permission, scope)) {
            case Decision.Allowed() -> "✔";
            case Decision.Denied _ -> "✘";
            case Decision.Hidden() -> "·";
        };
    }

    private static SequencedMap<String, Scope> scopes() {
        SequencedMap<String, Scope> scopes = new LinkedHashMap<>();
        scopes.put("its own Organization", ORGANIZATION);
        scopes.put("the Deployment's Workspace", WORKSPACE);
        scopes.put("another Workspace", OTHER_WORKSPACE);
        scopes.put("its own Deployment", OWN);
        scopes.put("a sibling Deployment in the same Workspace", SIBLING);
        scopes.put("a Deployment in another Workspace", ELSEWHERE);
        scopes.put("a foreign Organization", FOREIGN);
        return scopes;
    }

    private static List<? extends Permission> permissionsAt(Scope scope) {
        return switch (scope) {
            case Scope.OfOrganization _ -> List.of(OrganizationPermission.values());
            case Scope.OfWorkspace _ -> List.of(WorkspacePermission.values());
            case Scope.OfDeployment _ -> List.of(DeploymentPermission.values());
        };
    }

    private static Principal token(Grant grant) {
        return new Principal(new Subject.ApiToken(new ApiTokenId(id('t')), "ci"), List.of(grant));
    }

    private static Scope.OfDeployment deployment(Scope.OfWorkspace workspace, char letter) {
        return new Scope.OfDeployment(
                workspace.organizationId(), workspace.workspaceId(), new DeploymentId(id(letter)));
    }

    private static String id(char letter) {
        return "c" + String.valueOf(letter).repeat(24);
    }
}
