package io.headgate.api.v1.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.access.RoleAssignment;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Who may not change the roles of a token (R7, S36, T8).
@QuarkusTest
class UpdateApiTokenRolesRefusedTest extends RoleUpdates {
    @Nested
    class Answers403 {
        /// R7: what a role allows beyond the caller's own rights can neither be given nor taken.
        @Test
        void toAnOperatorThatWouldGiveOrTakeMoreThanItHas() {
            String operator = value(Role.WORKSPACE_OPERATOR);
            IssuedToken token = api.behind().workspaceToken("target", Role.WORKSPACE_MEMBER);
            IssuedToken owners = api.behind().workspaceToken("owner's", Role.WORKSPACE_OWNER);

            Answer widened = update(operator, token, workspace("WORKSPACE_OWNER"));
            assertThat(widened.status()).isEqualTo(403);
            assertThat(widened.message()).startsWith("not permitted: WORKSPACE_OWNER allows more than you may");
            assertThat(update(operator, owners, workspace("WORKSPACE_MEMBER")).status())
                    .isEqualTo(403);
            assertThat(update(
                                    operator,
                                    token,
                                    workspace("WORKSPACE_MEMBER"),
                                    deployment(api.behind().own()))
                            .message())
                    .isEqualTo("not permitted: this needs deployment.apiTokens.update");
            assertThat(rolesOf(token)).containsExactly("WORKSPACE WORKSPACE_MEMBER");
            assertThat(rolesOf(owners)).containsExactly("WORKSPACE WORKSPACE_OWNER");
            assertThat(update(operator, token, workspace("WORKSPACE_OPERATOR")).status())
                    .isEqualTo(200);
        }

        /// A token never changes itself, whatever its role, in whatever spelling of its id.
        @Test
        void toATokenThatWouldChangeItself() {
            IssuedToken owner = api.behind().organizationToken("itself");
            IssuedToken workspaceOwner = api.behind().workspaceToken("itself", Role.WORKSPACE_OWNER);

            for (IssuedToken self : List.of(owner, workspaceOwner)) {
                String same = self.equals(owner) ? organization("ORGANIZATION_OWNER") : workspace("WORKSPACE_OWNER");
                Answer answer = update(self.value().reveal(), self, same);
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.message())
                        .isEqualTo("not permitted: an API token does not change, rotate or delete itself");
                assertThat(api.post(
                                        self.value().reveal(),
                                        api.organization("/tokens/"
                                                + self.token().id().value().toUpperCase(java.util.Locale.ROOT)
                                                + "/roles"),
                                        body(same))
                                .status())
                        .isEqualTo(403);
                assertThat(update(self, same).status()).isEqualTo(200);
            }
        }

        /// S36, row 55: not even the very roles that it has.
        @Test
        void toADeploymentToken() {
            IssuedToken token = api.token(OptionalInt.empty());

            Answer denied =
                    update(api.deploymentToken(), token, deployment(api.behind().own()));
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.message()).contains("deployment.apiTokens.update");
            assertThat(update(token, deployment(api.behind().own())).status()).isEqualTo(200);
        }

        /// T8: the role on the Organization is the Organization's to give.
        @Test
        void toAWorkspaceOwnerForTheOrganizationRole() {
            IssuedToken token = api.behind().organizationToken("kept", Role.ORGANIZATION_MEMBER);
            api.behind()
                    .assign(
                            token,
                            new RoleAssignment(
                                    Role.WORKSPACE_MEMBER,
                                    api.behind().workspace().scope()));
            String workspaceOwner = value(Role.WORKSPACE_OWNER);

            Answer answer =
                    update(workspaceOwner, token, organization("ORGANIZATION_OWNER"), workspace("WORKSPACE_MEMBER"));
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.message()).contains("organization.apiTokens.update");
            assertThat(update(workspaceOwner, token, organization("ORGANIZATION_MEMBER"), workspace("WORKSPACE_OWNER"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Answers404 {
        @Test
        void forATokenThatIsNotShown() {
            IssuedToken organizations = api.behind().organizationToken("organization's", Role.ORGANIZATION_MEMBER);
            IssuedToken siblings = api.behind().token(api.behind().sibling().id(), "sibling's", OptionalInt.empty());

            for (String id : List.of(id(organizations), id(siblings), TestApi.unknownId())) {
                Answer answer = api.post(
                        api.deploymentToken(),
                        api.organization("/tokens/" + id + "/roles"),
                        body(deployment(api.behind().own())));
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.message()).isEqualTo("API token not found");
            }
            assertThat(update(organizations, organization("ORGANIZATION_MEMBER"))
                            .status())
                    .isEqualTo(200);
        }
    }
}
