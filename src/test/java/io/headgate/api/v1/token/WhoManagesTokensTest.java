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
import jakarta.inject.Inject;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What nobody gets by way of a token that they did not have before; each refusal beside the one who may.
@QuarkusTest
class WhoManagesTokensTest {
    @Inject
    TestApi api;

    /// S36: a Workspace's Owner manages the tokens of its Deployments, nobody below.
    @ParameterizedTest
    @CsvSource({"WORKSPACE_OWNER, 200", "WORKSPACE_OPERATOR, 403", "WORKSPACE_AUTHOR, 403", "WORKSPACE_MEMBER, 403"})
    void deploymentTokensAreManagedByOwners(Role role, int expected) {
        String caller = api.behind().workspaceToken("caller", role).value().reveal();
        IssuedToken target = api.token(OptionalInt.empty());

        assertThat(statuses(caller, target)).containsOnly(expected);
        assertThat(api.get(target.value().reveal(), "/v1/organizations").status())
                .isEqualTo(expected == 200 ? 401 : 200);
    }

    /// S36: nor by the token of a Deployment, about itself or another.
    @Test
    void deploymentTokensDoNotManageTokens() {
        IssuedToken target = api.token(OptionalInt.empty());
        assertThat(statuses(api.deploymentToken(), target)).containsOnly(403);
        assertThat(statuses(target.value().reveal(), target)).containsOnly(403);
        assertThat(statuses(api.owner(), target)).containsOnly(200);
    }

    /// R4: to an Accessor there is no Deployment, and so none of its tokens.
    @Test
    void anAccessorFindsNoDeploymentToken() {
        String accessor = api.behind()
                .workspaceToken("caller", Role.WORKSPACE_ACCESSOR)
                .value()
                .reveal();
        IssuedToken target = api.token(OptionalInt.empty());
        assertThat(statuses(accessor, target)).containsOnly(404);
        assertThat(statuses(api.owner(), target)).containsOnly(200);
    }

    /// R7, Z5: an Operator manages Workspace tokens up to its own rights.
    @ParameterizedTest
    @EnumSource(names = "WORKSPACE_.*", mode = EnumSource.Mode.MATCH_ALL)
    void anOperatorMakesWorkspaceTokensUpToItsOwnRole(Role role) {
        String operator = api.behind()
                .workspaceToken("caller", Role.WORKSPACE_OPERATOR)
                .value()
                .reveal();
        Answer answer =
                create(operator, "WORKSPACE", api.behind().workspace().id().value(), role.name());
        if (role == Role.WORKSPACE_OWNER) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.message())
                    .isEqualTo("not permitted: WORKSPACE_OWNER allows more than you may, for example"
                            + " deployment.apiTokens.create");
        } else {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/roles/0/role").asText()).isEqualTo(role.name());
        }
    }

    /// Item 34: whoever rotates a token has its value, so an Operator does not rotate an Owner's.
    @Test
    void anOperatorTouchesNoTokenThatMayDoMore() {
        String operator = api.behind()
                .workspaceToken("caller", Role.WORKSPACE_OPERATOR)
                .value()
                .reveal();
        IssuedToken owners = api.behind().workspaceToken("owner's", Role.WORKSPACE_OWNER);
        IssuedToken authors = api.behind().workspaceToken("author's", Role.WORKSPACE_AUTHOR);

        assertThat(api.get(operator, path(owners, "")).status()).isEqualTo(200);
        assertThat(changing(operator, owners)).containsOnly(403);
        assertThat(api.get(owners.value().reveal(), "/v1/organizations").status())
                .isEqualTo(200);
        assertThat(changing(operator, authors)).containsOnly(200);
        assertThat(api.get(authors.value().reveal(), "/v1/organizations").status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"WORKSPACE_AUTHOR", "WORKSPACE_MEMBER", "WORKSPACE_ACCESSOR"})
    void nobodyBelowAnOperatorManagesWorkspaceTokens(Role role) {
        String caller = api.behind().workspaceToken("caller", role).value().reveal();
        IssuedToken target = api.behind().workspaceToken("target", Role.WORKSPACE_ACCESSOR);
        String workspace = api.behind().workspace().id().value();

        assertThat(api.get(caller, path(target, "")).status()).isEqualTo(403);
        assertThat(changing(caller, target)).containsOnly(403);
        assertThat(create(caller, "WORKSPACE", workspace, "WORKSPACE_ACCESSOR").status())
                .isEqualTo(403);
        assertThat(ids(caller, "?workspaceId=" + workspace)).doesNotContain(id(target));
        String operator = api.behind()
                .workspaceToken("caller", Role.WORKSPACE_OPERATOR)
                .value()
                .reveal();
        assertThat(ids(operator, "?limit=0&workspaceId=" + workspace)).contains(id(target));
    }

    /// Whatever the role: neither renamed, nor rotated, nor deleted by itself.
    @Test
    void noTokenChangesItself() {
        for (IssuedToken self : List.of(
                api.behind().organizationToken("itself"),
                api.behind().workspaceToken("itself", Role.WORKSPACE_OWNER),
                api.behind().workspaceToken("itself", Role.WORKSPACE_OPERATOR))) {
            String value = self.value().reveal();
            assertThat(changing(value, self)).containsOnly(403);
            assertThat(api.post(value, path(self, "/rotate")).message())
                    .isEqualTo("not permitted: an API token does not change, rotate or delete itself");
            assertThat(api.get(value, "/v1/organizations").status()).isEqualTo(200);
            assertThat(changing(api.owner(), self)).containsOnly(200);
        }
    }

    /// S13, R18: what is the Workspace's or the Organization's is not a Deployment token's, in its own Workspace and in
    /// any other.
    @Test
    void aDeploymentTokenDoesNothingAboveItsDeployment() {
        String token = api.deploymentToken();
        String own = api.behind().workspace().id().value();
        String other = api.behind().anotherWorkspace(api.unique("other")).id().value();
        String settings = "{\"name\": \"%s\", \"description\": \"\", \"cicdEnforcedDefault\": false}";

        for (String workspace : List.of(own, other)) {
            int refusal = workspace.equals(own) ? 403 : 404;
            String path = api.organization("/workspaces/" + workspace);
            assertThat(create(token, "WORKSPACE", workspace, "WORKSPACE_ACCESSOR")
                            .status())
                    .isEqualTo(refusal);
            assertThat(api.post(
                                    token,
                                    api.organization("/deployments"),
                                    "{\"name\": \"x\", \"workspaceId\": \"" + workspace + "\"}")
                            .status())
                    .isEqualTo(refusal);
            assertThat(api.post(token, path, settings.formatted("taken over")).status())
                    .isEqualTo(refusal);
            assertThat(api.delete(token, path).status()).isEqualTo(refusal);
        }
        assertThat(api.post(token, api.organization("/workspaces"), "{\"name\": \"x\"}")
                        .status())
                .isEqualTo(403);
        assertThat(create(token, "ORGANIZATION", "", "ORGANIZATION_MEMBER").status())
                .isEqualTo(403);

        // control: the same requests by those who may
        String owner = api.behind()
                .workspaceToken(new io.headgate.kernel.WorkspaceId(other), "owner", Role.WORKSPACE_OWNER)
                .value()
                .reveal();
        assertThat(create(owner, "WORKSPACE", other, "WORKSPACE_ACCESSOR").status())
                .isEqualTo(200);
        assertThat(api.post(owner, api.organization("/workspaces/" + other), settings.formatted(api.unique("renamed")))
                        .status())
                .isEqualTo(200);
        assertThat(api.post(
                                owner,
                                api.organization("/deployments"),
                                "{\"name\": \"x\", \"workspaceId\": \"" + other + "\"}")
                        .status())
                .isEqualTo(200);
    }

    /// A Workspace's Owner is nobody in the next Workspace.
    @Test
    void aWorkspaceTokenFindsNothingInAnotherWorkspace() {
        Workspace other = api.behind().anotherWorkspace(api.unique("other"));
        Deployment elsewhere = api.behind().deployment(other.id(), "elsewhere");
        IssuedToken target = api.behind().workspaceToken(other.id(), "theirs", Role.WORKSPACE_ACCESSOR);
        IssuedToken onDeployment = api.behind().token(elsewhere.id(), "theirs", OptionalInt.empty());
        String owner = api.behind()
                .workspaceToken("caller", Role.WORKSPACE_OWNER)
                .value()
                .reveal();

        assertThat(api.get(owner, path(target, "")).status()).isEqualTo(404);
        assertThat(changing(owner, target)).containsOnly(404);
        assertThat(changing(owner, onDeployment)).containsOnly(404);
        assertThat(create(owner, "WORKSPACE", other.id().value(), "WORKSPACE_ACCESSOR")
                        .withoutRequestId())
                .isEqualTo(create(owner, "WORKSPACE", TestApi.unknownId(), "WORKSPACE_ACCESSOR")
                        .withoutRequestId());
        assertThat(create(owner, "DEPLOYMENT", elsewhere.id().value(), "DEPLOYMENT_ADMIN")
                        .status())
                .isEqualTo(404);
        assertThat(ids(owner, "?limit=0")).doesNotContain(id(target), id(onDeployment));
        assertThat(ids(api.owner(), "?limit=0")).contains(id(target), id(onDeployment));
    }

    /// R4, R19: an Organization Member knows the Organization and nothing in it, until it is given something.
    @Test
    void anOrganizationMemberSeesOnlyWhatItWasGiven() {
        IssuedToken member = api.behind().organizationToken("member", Role.ORGANIZATION_MEMBER);
        String value = member.value().reveal();
        String workspace =
                api.organization("/workspaces/" + api.behind().workspace().id());

        assertThat(api.get(value, api.organization("")).status()).isEqualTo(200);
        assertThat(api.get(value, api.organization("/workspaces"))
                        .json()
                        .path("totalCount")
                        .asInt())
                .isZero();
        assertThat(api.get(value, workspace).status()).isEqualTo(404);
        assertThat(api.get(value, api.organization("/deployments"))
                        .json()
                        .path("totalCount")
                        .asInt())
                .isZero();
        assertThat(api.get(value, api.organization("/tokens"))
                        .json()
                        .path("totalCount")
                        .asInt())
                .isZero();
        assertThat(api.post(value, api.organization("/workspaces"), "{\"name\": \"x\"}")
                        .status())
                .isEqualTo(403);

        api.behind()
                .assign(
                        member,
                        new RoleAssignment(
                                Role.DEPLOYMENT_ADMIN, api.behind().own().scope()));
        assertThat(api.get(value, workspace).status()).isEqualTo(200);
        assertThat(api.get(value, api.organization("/deployments"))
                        .json()
                        .at("/deployments/0/id")
                        .asText())
                .isEqualTo(api.behind().own().id().value());
        assertThat(api.get(value, api.organization("/deployments"))
                        .json()
                        .path("totalCount")
                        .asInt())
                .isEqualTo(1);
    }

    /// T5: the tokens of a Deployment are its own and those that hold a role on it; what else these hold is not told.
    @Test
    void aDeploymentListsTheTokensAssignedToIt() {
        Deployment place = api.behind().deployment(api.unique("assigned"));
        IssuedToken workspaces = api.behind().workspaceToken("workspace's", Role.WORKSPACE_ACCESSOR);
        api.behind().assign(workspaces, new RoleAssignment(Role.DEPLOYMENT_ADMIN, place.scope()));
        api.behind()
                .assign(
                        workspaces,
                        new RoleAssignment(
                                Role.DEPLOYMENT_ADMIN, api.behind().sibling().scope()));
        IssuedToken own = api.behind().token(place.id(), "own", OptionalInt.empty());
        String query = "?limit=0&deploymentId=" + place.id();

        assertThat(ids(api.owner(), query)).containsExactlyInAnyOrder(id(own), id(workspaces));
        assertThat(ids(own.value().reveal(), "?limit=0")).containsExactlyInAnyOrder(id(own), id(workspaces));
        Answer seen = api.get(own.value().reveal(), path(workspaces, ""));
        assertThat(seen.json().path("roles")).hasSize(2);
        assertThat(seen.text()).doesNotContain(api.behind().sibling().id().value());
        assertThat(ids(
                        own.value().reveal(),
                        "?deploymentId=" + api.behind().sibling().id()))
                .isEmpty();
        assertThat(ids(
                        api.owner(),
                        "?limit=0&deploymentId=" + api.behind().sibling().id()))
                .contains(id(workspaces));
    }

    /// T10: an Owner of the Workspace deletes no token of the Organization, and is told what they can do instead.
    @Test
    void aTokenIsDeletedOnlyWhereItBelongs() {
        IssuedToken token = api.behind().organizationToken("assigned", Role.ORGANIZATION_MEMBER);
        api.behind()
                .assign(
                        token,
                        new RoleAssignment(
                                Role.WORKSPACE_AUTHOR, api.behind().workspace().scope()));
        String owner = api.behind()
                .workspaceToken("caller", Role.WORKSPACE_OWNER)
                .value()
                .reveal();

        Answer answer = api.delete(owner, path(token, ""));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.message())
                .isEqualTo("not permitted: this needs organization.apiTokens.delete; the token belongs to the"
                        + " Organization, and here only its role can be changed or removed");
        assertThat(api.delete(api.owner(), path(token, "")).status()).isEqualTo(204);
    }

    /// Update, rotate, delete, and create beside it; 204 counts as 200.
    private List<Integer> statuses(String caller, IssuedToken target) {
        int created = api.post(
                        caller,
                        api.organization("/tokens"),
                        "{\"name\": \"made\", \"scope\": \"DEPLOYMENT\", \"entityId\": \""
                                + target.token().home().objectId() + "\"}")
                .status();
        List<Integer> changing = changing(caller, target);
        return List.of(created, changing.get(0), changing.get(1), changing.get(2));
    }

    private List<Integer> changing(String caller, IssuedToken target) {
        int updated =
                api.post(caller, path(target, ""), "{\"name\": \"renamed\"}").status();
        int rotated = api.post(caller, path(target, "/rotate")).status();
        int deleted = api.delete(caller, path(target, "")).status();
        return List.of(updated, rotated, deleted == 204 ? 200 : deleted);
    }

    private Answer create(String caller, String scope, String entityId, String role) {
        return api.post(
                caller,
                api.organization("/tokens"),
                "{\"name\": \"made\", \"scope\": \"" + scope + "\", \"entityId\": \"" + entityId + "\", \"role\": \""
                        + role + "\"}");
    }

    private List<String> ids(String caller, String query) {
        return StreamSupport.stream(
                        api.get(caller, api.organization("/tokens" + query))
                                .json()
                                .path("tokens")
                                .spliterator(),
                        false)
                .map(token -> token.path("id").asText())
                .toList();
    }

    private String path(IssuedToken token, String rest) {
        return api.organization("/tokens/" + id(token) + rest);
    }

    private static String id(IssuedToken token) {
        return token.token().id().value();
    }
}
