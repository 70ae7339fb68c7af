package io.headgate.api.v1.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.access.RoleAssignment;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.organization.Workspace;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `POST …/tokens/{tokenId}/roles`.
@QuarkusTest
class UpdateApiTokenRolesTest extends RoleUpdates {
    @Nested
    class Answers200 {
        /// T6, T7, T8: the whole set is replaced, and what is held on nothing is absent.
        @Test
        void withExactlyTheRolesThatWereAskedFor() {
            IssuedToken token = api.behind().organizationToken("wide", Role.ORGANIZATION_MEMBER);
            Workspace other = api.behind().anotherWorkspace(api.unique("other"));

            Answer all = update(
                    token,
                    organization("ORGANIZATION_MEMBER"),
                    workspace(other, "WORKSPACE_AUTHOR"),
                    deployment(api.behind().own()));
            assertThat(all.status()).isEqualTo(200);
            assertThat(all.json().toString())
                    .isEqualTo(("{'organizationRole':'ORGANIZATION_MEMBER',"
                                    + "'workspaceRoles':[{'workspaceId':'" + other.id()
                                    + "','role':'WORKSPACE_AUTHOR'}],"
                                    + "'deploymentRoles':[{'deploymentId':'"
                                    + api.behind().own().id() + "','role':'DEPLOYMENT_ADMIN'}]}")
                            .replace('\'', '"'));
            assertThat(rolesOf(token))
                    .containsExactlyInAnyOrder(
                            "ORGANIZATION ORGANIZATION_MEMBER",
                            "WORKSPACE WORKSPACE_AUTHOR",
                            "DEPLOYMENT DEPLOYMENT_ADMIN");

            Answer less = update(token, organization("ORGANIZATION_BILLING_ADMIN"));
            assertThat(less.json().toString()).isEqualTo("{\"organizationRole\":\"ORGANIZATION_BILLING_ADMIN\"}");
            assertThat(rolesOf(token)).containsExactly("ORGANIZATION ORGANIZATION_BILLING_ADMIN");
        }

        /// T16, item 35: the value is the same, the rights are new, on the very next request.
        @Test
        void andTheSameValueHasTheNewRightsAtOnce() {
            IssuedToken token = api.behind().workspaceToken("worker", Role.WORKSPACE_ACCESSOR);
            String value = token.value().reveal();
            String path = api.organization("/deployments/" + api.behind().own().id());
            assertThat(api.get(value, path).status()).isEqualTo(404);

            assertThat(update(token, workspace("WORKSPACE_MEMBER")).status()).isEqualTo(200);
            assertThat(api.get(value, path).status()).isEqualTo(200);
            assertThat(update(
                                    token,
                                    workspace("WORKSPACE_ACCESSOR"),
                                    deployment(api.behind().sibling()))
                            .status())
                    .isEqualTo(200);
            assertThat(api.get(value, path).status()).isEqualTo(404);
            assertThat(api.get(
                                    value,
                                    api.organization("/deployments/"
                                            + api.behind().sibling().id()))
                            .status())
                    .isEqualTo(200);
        }

        /// U7: who gave what where, and nothing if nothing changed.
        @Test
        void andRecordsEachChangeWhereItHappened() {
            IssuedToken token = api.behind().workspaceToken("audited", Role.WORKSPACE_MEMBER);
            String id = token.token().id().value();
            Deployment own = api.behind().own();
            int before = api.audited(id).size();

            assertThat(update(token, workspace("WORKSPACE_MEMBER")).status()).isEqualTo(200);
            assertThat(api.audited(id)).hasSize(before);

            assertThat(update(token, workspace("WORKSPACE_AUTHOR"), deployment(own))
                            .status())
                    .isEqualTo(200);
            assertThat(update(token, workspace("WORKSPACE_AUTHOR")).status()).isEqualTo(200);
            assertThat(api.audited(id).subList(before, api.audited(id).size()))
                    .extracting(line -> line.substring(0, line.indexOf(' ')))
                    .containsExactly("token.role-changed", "token.role-given", "token.role-taken");
            assertThat(get(api.owner(), token).at("/updatedBy/apiTokenName").asText())
                    .isEqualTo("owner");
        }

        /// T7: a Workspace's Owner changes what an Organization token holds there, and cannot disturb what it holds
        /// elsewhere, which they are not shown.
        @Test
        void toAWorkspaceOwnerForTheRoleInItsWorkspaceAndKeepsWhatIsHidden() {
            IssuedToken token = api.behind().organizationToken("shared", Role.ORGANIZATION_MEMBER);
            Workspace other = api.behind().anotherWorkspace(api.unique("hidden"));
            api.behind().assign(token, new RoleAssignment(Role.WORKSPACE_MEMBER, other.scope()));
            api.behind()
                    .assign(
                            token,
                            new RoleAssignment(
                                    Role.WORKSPACE_MEMBER,
                                    api.behind().workspace().scope()));
            String ownerOfTheWorkspace = value(Role.WORKSPACE_OWNER);

            assertThat(get(ownerOfTheWorkspace, token).path("roles").toString())
                    .contains(api.behind().workspace().id().value())
                    .doesNotContain(other.id().value());
            Answer answer = update(
                    ownerOfTheWorkspace, token, organization("ORGANIZATION_MEMBER"), workspace("WORKSPACE_AUTHOR"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).doesNotContain(other.id().value());
            assertThat(update(ownerOfTheWorkspace, token, organization("ORGANIZATION_MEMBER"))
                            .status())
                    .isEqualTo(200);
            assertThat(get(api.owner(), token).path("roles").toString())
                    .contains(other.id().value())
                    .doesNotContain(api.behind().workspace().id().value());
        }
    }

    @Nested
    class Answers400 {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {}                                      | roles                | roles is required
                {"roles": []}                           | roles                | must hold 1 to 500 elements, given 0
                {"roles": "WORKSPACE_OWNER"}            | roles                | must be a list
                {"roles": ["WORKSPACE_OWNER"]}          | roles[0]             | must be an object
                {"roles": [], "rolez": []}              | roles, rolez         | did you mean roles?
                {"roles": [{"entityId": "c", "role": "x"}]} | roles[0].entityType | roles[0].entityType is required
                {"roles": [{"entityType": "DAG"}]}      | roles[0].entityType  | must be one of ORGANIZATION, WORKSPACE, DEPLOYMENT
                {"roles": [{"entityType": "WORKSPACE", "entityId": "{w}"}]} | roles[0].role | roles[0].role is required
                {"roles": [{"entityType": "WORKSPACE", "entityId": "{w}", "role": "DEPLOYMENT_ADMIN"}]} | roles[0].role | must be one of WORKSPACE_ACCESSOR, WORKSPACE_MEMBER
                {"roles": [{"entityType": "DEPLOYMENT", "entityId": "{d}", "role": "WORKSPACE_OWNER"}]} | roles[0].role | must be DEPLOYMENT_ADMIN, given 'WORKSPACE_OWNER'
                {"roles": [{"entityType": "WORKSPACE", "entityId": "prod", "role": "WORKSPACE_OWNER"}]} | roles[0].entityId | must be an id
                {"roles": [{"entityType": "WORKSPACE", "entityId": "{w}", "role": "WORKSPACE_OWNER", "deploymentId": "{d}"}]} | roles[0].deploymentId | roles on DAGs
                {"roles": [{"entityType": "WORKSPACE", "entityId": "{w}", "role": "WORKSPACE_OWNER", "x": 1}]} | roles[0].x | unknown member
                """)
        void namingWhatCannotBeRead(String body, String fields, String words) {
            IssuedToken token = api.behind().workspaceToken("unreadable", Role.WORKSPACE_MEMBER);

            Answer answer = api.post(
                    api.owner(),
                    path(token),
                    body.replace("{w}", api.behind().workspace().id().value())
                            .replace("{d}", api.behind().own().id().value()));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(String.join(", ", answer.wrongFields())).isEqualTo(fields);
            assertThat(answer.message()).contains(words);
            assertThat(rolesOf(token)).containsExactly("WORKSPACE WORKSPACE_MEMBER");
        }

        /// T6: exactly one role of the token's own kind, on its own object.
        @Test
        void forATokenThatWouldNotHoldExactlyOneRoleOfItsOwn() {
            IssuedToken ofWorkspace = api.behind().workspaceToken("w", Role.WORKSPACE_MEMBER);
            IssuedToken ofOrganization = api.behind().organizationToken("o", Role.ORGANIZATION_MEMBER);
            IssuedToken ofDeployment = api.token(OptionalInt.empty());
            Deployment own = api.behind().own();
            Workspace other = api.behind().anotherWorkspace(api.unique("not-its"));

            refused(ofWorkspace, "roles", "exactly one WORKSPACE role", deployment(own));
            refused(ofOrganization, "roles", "exactly one ORGANIZATION role", workspace("WORKSPACE_OWNER"));
            refused(
                    ofWorkspace,
                    "roles[1].entityId",
                    "the Workspace that the token belongs to",
                    workspace("WORKSPACE_MEMBER"),
                    workspace(other, "WORKSPACE_MEMBER"));
            refused(
                    ofWorkspace,
                    "roles[1].entityType",
                    "cannot be ORGANIZATION: the token belongs to a Workspace",
                    workspace("WORKSPACE_MEMBER"),
                    organization("ORGANIZATION_OWNER"));
            refused(
                    ofDeployment,
                    "roles[1].entityType",
                    "cannot be WORKSPACE: the token belongs to a Deployment",
                    deployment(own),
                    workspace("WORKSPACE_OWNER"));
            refused(
                    ofDeployment,
                    "roles[0].entityId",
                    "the Deployment that the token belongs to",
                    deployment(api.behind().sibling()));
            refused(
                    ofOrganization,
                    "roles[0].entityId",
                    "must be the Organization of the token",
                    role("ORGANIZATION", TestApi.unknownId(), "ORGANIZATION_OWNER"));
            assertThat(update(ofDeployment, deployment(own)).status()).isEqualTo(200);
        }

        @Test
        void forASecondRoleOnOneObject() {
            IssuedToken token = api.behind().workspaceToken("twice", Role.WORKSPACE_MEMBER);
            Deployment own = api.behind().own();

            refused(
                    token,
                    "roles[1].entityId",
                    "names the same Workspace a second time",
                    workspace("WORKSPACE_MEMBER"),
                    workspace("WORKSPACE_OWNER"));
            refused(
                    token,
                    "roles[2].entityId",
                    "names the same Deployment a second time",
                    workspace("WORKSPACE_MEMBER"),
                    deployment(own),
                    deployment(own));
            assertThat(update(token, workspace("WORKSPACE_MEMBER"), deployment(own))
                            .status())
                    .isEqualTo(200);
        }

        /// T6, item 32: an object that is not there and one that the caller cannot see are one and the same.
        @Test
        void forAnObjectThatIsNotThereOrNotVisible() {
            Workspace hidden = api.behind().anotherWorkspace(api.unique("hidden"));
            Deployment inHidden = api.behind().deployment(hidden.id(), "in-hidden");
            IssuedToken token = api.behind().organizationToken("reaching", Role.ORGANIZATION_MEMBER);
            api.behind()
                    .assign(
                            token,
                            new RoleAssignment(
                                    Role.WORKSPACE_MEMBER,
                                    api.behind().workspace().scope()));
            String workspaceOwner = value(Role.WORKSPACE_OWNER);
            String keep = organization("ORGANIZATION_MEMBER");
            String here = workspace("WORKSPACE_MEMBER");

            Answer foreign = update(workspaceOwner, token, keep, here, deployment(inHidden));
            Answer missing = update(
                    workspaceOwner, token, keep, here, role("DEPLOYMENT", TestApi.unknownId(), "DEPLOYMENT_ADMIN"));
            assertThat(foreign.status()).isEqualTo(400);
            assertThat(foreign.message()).isEqualTo("roles[2].entityId names no Deployment");
            assertThat(foreign.withoutRequestId()).isEqualTo(missing.withoutRequestId());
            assertThat(update(workspaceOwner, token, keep, here, workspace(hidden, "WORKSPACE_MEMBER"))
                            .withoutRequestId())
                    .isEqualTo(update(
                                    workspaceOwner,
                                    token,
                                    keep,
                                    here,
                                    role("WORKSPACE", TestApi.unknownId(), "WORKSPACE_MEMBER"))
                            .withoutRequestId());
            assertThat(update(api.owner(), token, keep, here, deployment(inHidden))
                            .status())
                    .isEqualTo(200);

            refused(
                    api.behind().workspaceToken("local", Role.WORKSPACE_MEMBER),
                    "roles[1].entityId",
                    "is in another Workspace than the token",
                    workspace("WORKSPACE_MEMBER"),
                    deployment(inHidden));
        }

        @Test
        void forMoreRolesThanOneTokenMayHold() {
            IssuedToken token = api.behind().workspaceToken("many", Role.WORKSPACE_MEMBER);
            String[] many = IntStream.range(0, 501)
                    .mapToObj(_ -> workspace("WORKSPACE_MEMBER"))
                    .toArray(String[]::new);

            assertThat(update(token, many).message()).isEqualTo("roles must hold at most 500 elements, given 501");
        }

        private void refused(IssuedToken token, String field, String words, String... roles) {
            Answer answer = update(token, roles);
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly(field);
            assertThat(answer.message()).contains(words);
        }
    }
}
