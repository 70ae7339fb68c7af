package io.headgate.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.access.Policy;
import io.headgate.access.Principal;
import io.headgate.access.Role;
import io.headgate.access.RoleAssignment;
import io.headgate.access.Scope;
import io.headgate.deployment.Deployment;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.ProblemException;
import io.headgate.launch.ControlPlane;
import io.headgate.organization.Workspace;
import io.headgate.testing.TestControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Tokens of a Workspace and of the Organization, and roles on several objects, on a real PostgreSQL.
final class WiderTokensTest {
    private static final TestControlPlane WORLD = new TestControlPlane();

    private final ApiTokens tokens = WORLD.controlPlane().apiTokens();
    private final TokenLookup lookup = WORLD.controlPlane().liveTokens();

    @AfterAll
    static void close() {
        WORLD.close();
    }

    @Nested
    final class Reaching {
        /// R4, R20: what is made later is covered by the value that is already out there.
        @Test
        void aWorkspaceTokenReachesEveryDeploymentOfItsWorkspaceAlsoLaterOnes() {
            IssuedToken token = WORLD.workspaceToken("wide", Role.WORKSPACE_MEMBER);
            Workspace other = WORLD.anotherWorkspace("next door");
            Deployment elsewhere = WORLD.deployment(other.id(), "elsewhere");
            Deployment later = WORLD.deployment("later");

            for (Deployment reached : List.of(WORLD.own(), WORLD.sibling(), later)) {
                assertThat(may(token, DeploymentPermission.GET, reached)).isTrue();
                assertThat(may(token, DeploymentPermission.DEPLOYS_CREATE, reached))
                        .isFalse();
            }
            assertThat(Policy.sees(principal(token), elsewhere.scope())).isFalse();
            IssuedToken everywhere = WORLD.organizationToken("everywhere");
            assertThat(may(everywhere, DeploymentPermission.DEPLOYS_CREATE, elsewhere))
                    .isTrue();
            assertThat(may(everywhere, DeploymentPermission.DEPLOYS_CREATE, later))
                    .isTrue();
        }

        /// R5, T6: roles add up, each where it is held.
        @Test
        void eachRoleCountsWhereItIsHeld() {
            IssuedToken token = WORLD.organizationToken("mixed", Role.ORGANIZATION_MEMBER);
            Workspace other = WORLD.anotherWorkspace("author's");
            Deployment written = WORLD.deployment(other.id(), "written");
            WORLD.assign(token, new RoleAssignment(Role.WORKSPACE_AUTHOR, other.scope()));
            WORLD.assign(
                    token, new RoleAssignment(Role.DEPLOYMENT_ADMIN, WORLD.own().scope()));

            assertThat(may(token, DeploymentPermission.DEPLOYS_CREATE, written)).isTrue();
            assertThat(may(token, DeploymentPermission.UPDATE, written)).isFalse();
            assertThat(may(token, DeploymentPermission.UPDATE, WORLD.own())).isTrue();
            assertThat(Policy.sees(principal(token), WORLD.sibling().scope())).isFalse();
        }

        /// T16, item 35: the very next look-up has the new rights.
        @Test
        void aChangedRoleCountsFromTheNextRequestOn() {
            IssuedToken token = WORLD.workspaceToken("changing", Role.WORKSPACE_OWNER);
            assertThat(may(token, DeploymentPermission.DELETE, WORLD.own())).isTrue();
            assign(token, Role.WORKSPACE_MEMBER);
            assertThat(may(token, DeploymentPermission.DELETE, WORLD.own())).isFalse();
            assertThat(may(token, DeploymentPermission.GET, WORLD.own())).isTrue();
            assign(token, Role.WORKSPACE_ACCESSOR);
            assertThat(Policy.sees(principal(token), WORLD.own().scope())).isFalse();
        }

        @Test
        void aRestartKnowsEveryRoleAgain() {
            IssuedToken token = WORLD.organizationToken("remembered", Role.ORGANIZATION_BILLING_ADMIN);
            WORLD.assign(
                    token,
                    new RoleAssignment(Role.WORKSPACE_AUTHOR, WORLD.workspace().scope()));
            WORLD.assign(
                    token,
                    new RoleAssignment(Role.DEPLOYMENT_ADMIN, WORLD.sibling().scope()));

            ControlPlane restarted = WORLD.restarted();
            restarted.liveTokens().load();
            assertThat(restarted.liveTokens().check(token.value().reveal()))
                    .isInstanceOfSatisfying(
                            TokenVerdict.Accepted.class,
                            accepted -> assertThat(accepted.principal()).isEqualTo(principal(token)));
            assertThat(principal(token).grants()).hasSize(3);
        }

        /// Rotation keeps every role, and the name and the value are the only things that move.
        @Test
        void rotationKeepsEveryRole() {
            IssuedToken token = WORLD.workspaceToken("rotated", Role.WORKSPACE_AUTHOR);
            WORLD.assign(
                    token, new RoleAssignment(Role.DEPLOYMENT_ADMIN, WORLD.own().scope()));
            Principal before = principal(token);

            IssuedToken fresh = tokens.rotate(
                    WORLD.owner(), WORLD.organizationId(), token.token().id());
            assertThat(principal(fresh)).isEqualTo(before);
            assertThat(lookup.check(token.value().reveal())).isInstanceOf(TokenVerdict.Unknown.class);
        }
    }

    @Nested
    final class Ending {
        /// T11, item 26: in the transaction that deletes the Deployment, with an audit row of its own.
        @Test
        void aDeploymentTakesOnlyTheRoleOnItselfWithIt() {
            Deployment doomed = WORLD.deployment("doomed");
            IssuedToken token = WORLD.workspaceToken("survivor", Role.WORKSPACE_ACCESSOR);
            WORLD.assign(token, new RoleAssignment(Role.DEPLOYMENT_ADMIN, doomed.scope()));
            WORLD.assign(
                    token, new RoleAssignment(Role.DEPLOYMENT_ADMIN, WORLD.own().scope()));
            assertThat(may(token, DeploymentPermission.UPDATE, doomed)).isTrue();

            WORLD.controlPlane().deployments().delete(WORLD.owner(), WORLD.organizationId(), doomed.id());
            assertThat(Policy.sees(principal(token), doomed.scope())).isFalse();
            assertThat(may(token, DeploymentPermission.UPDATE, WORLD.own())).isTrue();
            assertThat(roles(token)).containsExactly(Role.WORKSPACE_ACCESSOR, Role.DEPLOYMENT_ADMIN);
            assertThat(auditedIn(doomed.scope(), token)).containsExactly("token.role-given", "token.role-taken");
            assertThat(auditedIn(WORLD.own().scope(), token)).containsExactly("token.role-given");
        }

        /// T11: its own tokens end, wider ones only lose what they held there.
        @Test
        void aWorkspaceEndsItsTokensAndTakesRolesFromWiderOnes() {
            Workspace doomed = WORLD.anotherWorkspace("doomed");
            IssuedToken its = WORLD.workspaceToken(doomed.id(), "its", Role.WORKSPACE_OWNER);
            IssuedToken wider = WORLD.organizationToken("wider", Role.ORGANIZATION_MEMBER);
            WORLD.assign(wider, new RoleAssignment(Role.WORKSPACE_OWNER, doomed.scope()));
            WORLD.assign(
                    wider,
                    new RoleAssignment(Role.WORKSPACE_AUTHOR, WORLD.workspace().scope()));

            WORLD.controlPlane().workspaces().delete(WORLD.owner(), WORLD.organizationId(), doomed.id());
            assertThat(lookup.check(its.value().reveal())).isInstanceOf(TokenVerdict.Unknown.class);
            assertThat(Policy.sees(principal(wider), doomed.scope())).isFalse();
            assertThat(roles(wider)).containsExactly(Role.ORGANIZATION_MEMBER, Role.WORKSPACE_AUTHOR);
            assertThat(tokens.list(WORLD.owner(), WORLD.organizationId(), TokenFilter.none(), PageRequest.everything())
                            .items())
                    .extracting(ApiToken::name)
                    .contains("wider")
                    .doesNotContain("its");
        }
    }

    @Nested
    final class AtOnce {
        /// Whichever comes last wins whole: never roles of two wishes on one token, and memory says what is stored.
        @Test
        void twoWishesAtOnceAreNeverMixed() throws Exception {
            IssuedToken token = WORLD.organizationToken("contended", Role.ORGANIZATION_MEMBER);
            List<WantedRole> one = wished(
                    Role.ORGANIZATION_MEMBER,
                    WORLD.own().scope(),
                    WORLD.workspace().scope());
            List<WantedRole> other = wished(
                    Role.ORGANIZATION_OWNER,
                    WORLD.sibling().scope(),
                    WORLD.own().scope());
            runAll(Stream.iterate(0, i -> i < 40, i -> i + 1)
                    .<Runnable>map(i -> () -> updateRoles(token, i % 2 == 0 ? one : other))
                    .toList());

            ApiToken now = tokens.view(
                    WORLD.owner(), WORLD.organizationId(), token.token().id());
            assertThat(now.furtherRoles())
                    .extracting(RoleAssignment::scope)
                    .containsExactlyInAnyOrderElementsOf(
                            now.role() == Role.ORGANIZATION_MEMBER
                                    ? List.of(
                                            WORLD.own().scope(),
                                            WORLD.workspace().scope())
                                    : List.of(
                                            WORLD.sibling().scope(), WORLD.own().scope()));
            assertThat(principal(token)).isEqualTo(now.principal());
        }

        /// Either the role was given first and went with the Deployment, or it was never given.
        @Test
        void aRoleIsNeverLeftOnADeploymentThatIsDeletedMeanwhile() throws Exception {
            for (int round = 0; round < 10; round++) {
                Deployment doomed = WORLD.deployment("contended " + round);
                IssuedToken token = WORLD.workspaceToken("racing", Role.WORKSPACE_ACCESSOR);
                List<WantedRole> wish = List.of(
                        new WantedRole.OnWorkspace(WORLD.workspace().id(), Role.WORKSPACE_ACCESSOR),
                        new WantedRole.OnDeployment(doomed.id(), Role.DEPLOYMENT_ADMIN));
                IssuedToken[] made = new IssuedToken[1];
                runAll(List.of(
                        () -> unlessGone(() -> updateRoles(token, wish)),
                        () -> unlessGone(() -> made[0] = WORLD.token(doomed.id(), "born late", OptionalInt.empty())),
                        () -> WORLD.controlPlane()
                                .deployments()
                                .delete(WORLD.owner(), WORLD.organizationId(), doomed.id())));

                assertThat(roles(token)).containsExactly(Role.WORKSPACE_ACCESSOR);
                assertThat(Policy.sees(principal(token), doomed.scope())).isFalse();
                if (made[0] != null) {
                    assertThat(lookup.check(made[0].value().reveal())).isInstanceOf(TokenVerdict.Unknown.class);
                }
            }
            assertThat(may(
                            WORLD.workspaceToken("control", Role.WORKSPACE_MEMBER),
                            DeploymentPermission.GET,
                            WORLD.own()))
                    .isTrue();
        }

        private List<WantedRole> wished(Role own, Scope... scopes) {
            List<WantedRole> wish = new ArrayList<>();
            wish.add(new WantedRole.OnOrganization(WORLD.organizationId(), own));
            for (Scope scope : scopes) {
                Role role = scope instanceof Scope.OfWorkspace ? Role.WORKSPACE_AUTHOR : Role.DEPLOYMENT_ADMIN;
                wish.add(TestControlPlane.wanted(new RoleAssignment(role, scope)));
            }
            return wish;
        }

        private void unlessGone(Runnable act) {
            try {
                act.run();
            } catch (ProblemException e) {
                assertThat(e.problem().status()).isIn(400, 404);
            }
        }

        private void runAll(List<Runnable> acts) throws Exception {
            try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> running = new ArrayList<>();
                for (Runnable act : acts) {
                    running.add(pool.submit(act));
                }
                for (Future<?> one : running) {
                    one.get();
                }
            }
        }
    }

    private void assign(IssuedToken token, Role role) {
        updateRoles(token, List.of(new WantedRole.OnWorkspace(WORLD.workspace().id(), role)));
    }

    private void updateRoles(IssuedToken token, List<WantedRole> wish) {
        var _ = tokens.updateRoles(
                WORLD.owner(), WORLD.organizationId(), token.token().id(), wish);
    }

    private boolean may(IssuedToken token, DeploymentPermission permission, Deployment deployment) {
        return new Caller(principal(token), WORLD.owner().origin()).may(permission, deployment.scope());
    }

    private Principal principal(IssuedToken token) {
        return ((TokenVerdict.Accepted) lookup.check(token.value().reveal())).principal();
    }

    private List<Role> roles(IssuedToken token) {
        return tokens.view(WORLD.owner(), WORLD.organizationId(), token.token().id()).roles().stream()
                .map(RoleAssignment::role)
                .toList();
    }

    private static List<String> auditedIn(Scope.OfDeployment place, IssuedToken token) {
        ApiTokenId id = token.token().id();
        return WORLD.controlPlane()
                .transactions()
                .inTransaction(tx -> tx.handle()
                        .createQuery("""
                                SELECT action FROM audit_event
                                WHERE entity_id = :id AND deployment_id = :deploymentId ORDER BY id
                                """)
                        .bind("id", id)
                        .bind("deploymentId", place.deploymentId())
                        .mapTo(String.class)
                        .list());
    }
}
