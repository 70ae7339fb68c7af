package io.headgate.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What each role holds, and how the roles of one kind relate.
final class RoleTest {
    private static final Scope.OfWorkspace WORKSPACE =
            new Scope.OfWorkspace(new OrganizationId(id('a')), new WorkspaceId(id('b')));
    private static final Scope.OfDeployment DEPLOYMENT =
            new Scope.OfDeployment(WORKSPACE.organizationId(), WORKSPACE.workspaceId(), new DeploymentId(id('d')));
    private static final Scope.OfOrganization ORGANIZATION = new Scope.OfOrganization(WORKSPACE.organizationId());

    /// R2: for each pair of neighbours, and so for every pair.
    @ParameterizedTest
    @EnumSource(ScopeKind.class)
    void everyRoleHoldsAllThatTheOneBeforeItHoldsAndMore(ScopeKind kind) {
        List<Role> roles = Role.of(kind);
        for (int senior = 1; senior < roles.size(); senior++) {
            for (int junior = 0; junior < senior; junior++) {
                assertThat(roles.get(senior).permissions())
                        .as("%s > %s", roles.get(senior), roles.get(junior))
                        .containsAll(roles.get(junior).permissions())
                        .hasSizeGreaterThan(roles.get(junior).permissions().size());
            }
        }
    }

    @Test
    void theRolesAreThoseOfTheContractFromTheLeastToTheMost() {
        assertThat(Role.of(ScopeKind.ORGANIZATION))
                .extracting(Role::name)
                .containsExactly("ORGANIZATION_MEMBER", "ORGANIZATION_BILLING_ADMIN", "ORGANIZATION_OWNER");
        assertThat(Role.of(ScopeKind.WORKSPACE))
                .extracting(Role::name)
                .containsExactly(
                        "WORKSPACE_ACCESSOR",
                        "WORKSPACE_MEMBER",
                        "WORKSPACE_AUTHOR",
                        "WORKSPACE_OPERATOR",
                        "WORKSPACE_OWNER");
        assertThat(Role.of(ScopeKind.DEPLOYMENT)).extracting(Role::name).containsExactly("DEPLOYMENT_ADMIN");
    }

    /// A role's rights on Deployments are its column and nothing else: a mark further left than those of the row would
    /// show here.
    @Test
    void aWorkspaceRoleHoldsExactlyItsColumn() {
        Map<Role, DeploymentPermission.Column> columns = Map.of(
                Role.WORKSPACE_MEMBER, DeploymentPermission.Column.WM,
                Role.WORKSPACE_AUTHOR, DeploymentPermission.Column.WA,
                Role.WORKSPACE_OPERATOR, DeploymentPermission.Column.WOP,
                Role.WORKSPACE_OWNER, DeploymentPermission.Column.WOW,
                Role.DEPLOYMENT_ADMIN, DeploymentPermission.Column.TK);
        columns.forEach((role, column) ->
                assertThat(onDeployments(role)).as("%s", role).isEqualTo(DeploymentPermission.in(column)));
        assertThat(onDeployments(Role.WORKSPACE_ACCESSOR)).isEmpty();
        assertThat(onDeployments(Role.ORGANIZATION_MEMBER)).isEmpty();
        assertThat(onDeployments(Role.ORGANIZATION_BILLING_ADMIN)).isEmpty();
        assertThat(onDeployments(Role.WORKSPACE_OWNER)).isEqualTo(EnumSet.allOf(DeploymentPermission.class));
    }

    /// How many marks each column has: a changed mark is seen even where two columns change together.
    @Test
    void theColumnsHaveTheReviewedSizes() {
        assertThat(List.of(DeploymentPermission.Column.values()))
                .extracting(
                        column -> column + " " + DeploymentPermission.in(column).size())
                .containsExactly("WM 26", "WA 46", "WOP 64", "WOW 70", "DA 63", "TK 61");
    }

    /// S10, S12: a Deployment token may do what an Operator may there, except alerts.
    @Test
    void aDeploymentTokenHoldsWhatAnOperatorHoldsExceptAlerts() {
        Set<DeploymentPermission> operator = new HashSet<>(DeploymentPermission.in(DeploymentPermission.Column.WOP));
        assertThat(operator).containsAll(onDeployments(Role.DEPLOYMENT_ADMIN));
        operator.removeAll(onDeployments(Role.DEPLOYMENT_ADMIN));
        assertThat(operator)
                .containsExactlyInAnyOrder(
                        DeploymentPermission.ALERTS_CREATE,
                        DeploymentPermission.ALERTS_UPDATE,
                        DeploymentPermission.ALERTS_DELETE);
    }

    /// R17, Z2.
    @Test
    void aUserWithTheAdminRoleMayChangeMembershipAndATokenMayNot() {
        Set<DeploymentPermission> more = new HashSet<>(DeploymentPermission.in(DeploymentPermission.Column.DA));
        more.removeAll(DeploymentPermission.in(DeploymentPermission.Column.TK));
        assertThat(more)
                .containsExactlyInAnyOrder(DeploymentPermission.TEAMS_DELETE, DeploymentPermission.USERS_DELETE);
        assertThat(DeploymentPermission.in(DeploymentPermission.Column.DA))
                .containsAll(DeploymentPermission.in(DeploymentPermission.Column.TK));
    }

    /// S36, Z5: who may do something to tokens.
    @Test
    void onlyOwnersManageDeploymentTokensAndOperatorsWorkspaceTokens() {
        assertThat(holding(DeploymentPermission.API_TOKENS_CREATE))
                .containsExactly(Role.ORGANIZATION_OWNER, Role.WORKSPACE_OWNER);
        assertThat(holding(DeploymentPermission.API_TOKENS_ROTATE))
                .containsExactly(Role.ORGANIZATION_OWNER, Role.WORKSPACE_OWNER);
        assertThat(holding(WorkspacePermission.API_TOKENS_CREATE))
                .containsExactly(Role.ORGANIZATION_OWNER, Role.WORKSPACE_OPERATOR, Role.WORKSPACE_OWNER);
        assertThat(holding(OrganizationPermission.API_TOKENS_CREATE)).containsExactly(Role.ORGANIZATION_OWNER);
    }

    /// R4: nothing below an Accessor or an Organization Member is even there.
    @Test
    void anAccessorSeesTheWorkspaceAndNoDeploymentAndAMemberSeesBoth() {
        Principal accessor = holder(Role.WORKSPACE_ACCESSOR.in(WORKSPACE));
        assertThat(Policy.decide(accessor, WorkspacePermission.GET, WORKSPACE)).isInstanceOf(Decision.Allowed.class);
        assertThat(Policy.decide(accessor, DeploymentPermission.GET, DEPLOYMENT))
                .isInstanceOf(Decision.Hidden.class);
        assertThat(Policy.decide(accessor, WorkspacePermission.UPDATE, WORKSPACE))
                .isInstanceOf(Decision.Denied.class);
        Principal member = holder(Role.WORKSPACE_MEMBER.in(WORKSPACE));
        assertThat(Policy.decide(member, DeploymentPermission.GET, DEPLOYMENT)).isInstanceOf(Decision.Allowed.class);

        Principal organizationMember = holder(Role.ORGANIZATION_MEMBER.in(ORGANIZATION));
        assertThat(Policy.decide(organizationMember, WorkspacePermission.GET, WORKSPACE))
                .isInstanceOf(Decision.Hidden.class);
        assertThat(Reach.ofSight(organizationMember, ORGANIZATION.organizationId())
                        .everything())
                .isFalse();
        assertThat(Reach.ofSight(accessor, ORGANIZATION.organizationId()).workspaces())
                .containsExactly(WORKSPACE.workspaceId());
        Principal owner = holder(Role.ORGANIZATION_OWNER.in(ORGANIZATION));
        assertThat(Policy.decide(owner, WorkspacePermission.GET, WORKSPACE)).isInstanceOf(Decision.Allowed.class);
        assertThat(Reach.ofSight(owner, ORGANIZATION.organizationId()).everything())
                .isTrue();
    }

    /// R7: rights count where they are held, and seeing a thing from below is not holding anything on it.
    @Test
    void nobodyHoldsMoreThanTheirGrantsSay() {
        Principal operator = holder(Role.WORKSPACE_OPERATOR.in(WORKSPACE));
        assertThat(Policy.beyond(operator, Role.WORKSPACE_OPERATOR.in(WORKSPACE)))
                .isEmpty();
        assertThat(Policy.beyond(operator, Role.DEPLOYMENT_ADMIN.in(DEPLOYMENT)))
                .isEmpty();
        assertThat(Policy.beyond(operator, Role.WORKSPACE_OWNER.in(WORKSPACE)))
                .contains(DeploymentPermission.API_TOKENS_CREATE);
        assertThat(Policy.beyond(operator, Role.ORGANIZATION_MEMBER.in(ORGANIZATION)))
                .contains(OrganizationPermission.GET);
        Principal admin = holder(Role.DEPLOYMENT_ADMIN.in(DEPLOYMENT));
        assertThat(Policy.decide(admin, WorkspacePermission.GET, WORKSPACE)).isInstanceOf(Decision.Allowed.class);
        assertThat(Policy.beyond(admin, Role.WORKSPACE_ACCESSOR.in(WORKSPACE))).contains(WorkspacePermission.GET);
    }

    @Test
    void aRoleFitsObjectsOfItsKindOnly() {
        assertThat(new RoleAssignment(Role.WORKSPACE_MEMBER, WORKSPACE).grant().scope())
                .isEqualTo(WORKSPACE);
        assertThatThrownBy(() -> new RoleAssignment(Role.WORKSPACE_MEMBER, DEPLOYMENT))
                .hasMessageContaining("WORKSPACE_MEMBER cannot be held on a DEPLOYMENT");
    }

    private static Set<DeploymentPermission> onDeployments(Role role) {
        return role.permissions().stream()
                .filter(DeploymentPermission.class::isInstance)
                .map(DeploymentPermission.class::cast)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Collection<Role> holding(Permission permission) {
        return List.of(Role.values()).stream()
                .filter(role -> role.permissions().contains(permission))
                .toList();
    }

    private static Principal holder(Grant grant) {
        return new Principal(new Subject.ApiToken(new ApiTokenId(id('t')), "ci"), List.of(grant));
    }

    private static String id(char letter) {
        return "c" + String.valueOf(letter).repeat(24);
    }
}
