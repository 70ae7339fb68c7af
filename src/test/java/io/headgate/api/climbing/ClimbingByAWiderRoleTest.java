package io.headgate.api.climbing;

import static io.headgate.api.climbing.Attempt.role;
import static io.headgate.api.climbing.Attempt.roles;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.kernel.OrganizationId;
import io.headgate.organization.Workspace;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A Workspace's Operator, who may make and rotate Workspace tokens, wants to be an Owner: by a new token, by one
/// made before, by one that is an Owner's, and by a role hidden among many.
@QuarkusTest
class ClimbingByAWiderRoleTest {
    @Inject
    TestApi api;

    /// Guard: `Caller.requireAllOf` – nobody gives, takes or uses a role beyond their own rights.
    /// Asked to make a token by `ApiTokens.create`, to use one by `TokenAccess.changeable`, to give or take
    /// roles by `TokenRolesUpdate.require`.
    @Test
    void noTokenHoldsMoreThanWhoeverMadeIt() {
        Workspace place = api.behind().anotherWorkspace(api.unique("climbed"));
        List<Deployment> deployments = IntStream.range(0, 5)
                .mapToObj(i -> api.behind().deployment(place.id(), "d" + i))
                .toList();
        OrganizationId organization = api.behind().organizationId();
        String operator = token(place, Role.WORKSPACE_OPERATOR).value().reveal();
        String owner = token(place, Role.WORKSPACE_OWNER).value().reveal();
        IssuedToken victim = token(place, Role.WORKSPACE_OWNER);
        IssuedToken own = token(place, Role.WORKSPACE_AUTHOR);
        String many = roles(Stream.concat(
                        deployments.stream().map(one -> role("DEPLOYMENT", one.id(), "DEPLOYMENT_ADMIN")),
                        Stream.of(role("WORKSPACE", place.id(), "WORKSPACE_OWNER")))
                .toArray(String[]::new));
        String tokens = api.organization("/tokens");
        Attempt make = new Attempt(tokens, Attempt.token("WORKSPACE", place.id(), "WORKSPACE_OWNER"));
        Attempt makeOnDeployment = new Attempt(
                tokens, Attempt.token("DEPLOYMENT", deployments.getFirst().id(), ""));
        Attempt makeOnOrganization =
                new Attempt(tokens, Attempt.token("ORGANIZATION", organization, "ORGANIZATION_MEMBER"));
        Attempt raise = new Attempt(path(own, "/roles"), roles(role("WORKSPACE", place.id(), "WORKSPACE_OWNER")));
        Attempt raiseAmongMany = new Attempt(path(own, "/roles"), many);
        Attempt lower = new Attempt(path(victim, "/roles"), roles(role("WORKSPACE", place.id(), "WORKSPACE_ACCESSOR")));
        Attempt rename = new Attempt(path(victim, ""), "{\"name\": \"mine\"}");
        Attempt rotate = new Attempt(path(victim, "/rotate"), "");
        List<Attempt> forbidden =
                List.of(make, makeOnDeployment, makeOnOrganization, raise, raiseAmongMany, lower, rename, rotate);
        List<Attempt> senseless = List.of(
                new Attempt(tokens, make.body().replace("WORKSPACE_OWNER", "workspace_owner")),
                new Attempt(tokens, make.body().replace("}", ", \"role\": \"WORKSPACE_AUTHOR\"}")),
                new Attempt(tokens, make.body().replace("}", ", \"type\": \"ORGANIZATION\"}")),
                new Attempt(tokens, make.body().replace("\"WORKSPACE_OWNER\"", "[\"WORKSPACE_OWNER\"]")),
                new Attempt(
                        raise.path(),
                        roles(
                                role("WORKSPACE", place.id(), "WORKSPACE_AUTHOR"),
                                role("ORGANIZATION", organization, "ORGANIZATION_OWNER"))),
                new Attempt(
                        raise.path(),
                        roles(
                                role("WORKSPACE", place.id(), "WORKSPACE_AUTHOR"),
                                role("WORKSPACE", place.id(), "WORKSPACE_OWNER"))));
        Standing before = Standing.now(api);

        assertThat(forbidden)
                .allSatisfy(attempt ->
                        assertThat(attempt.by(api, operator).status()).isEqualTo(403));
        assertThat(senseless)
                .allSatisfy(attempt ->
                        assertThat(attempt.by(api, operator).status()).isEqualTo(400));
        assertThat(api.delete(operator, path(victim, "")).status()).isEqualTo(403);

        assertThat(Standing.now(api)).isEqualTo(before);
        assertThat(api.get(victim.value().reveal(), "/v1/organizations").status())
                .isEqualTo(200);
        assertThat(makeOnDeployment.by(api, own.value().reveal()).status()).isEqualTo(403);

        // control: the same requests by those who hold as much
        assertThat(makeOnOrganization.by(api, api.owner()).status()).isEqualTo(200);
        assertThat(List.of(make, makeOnDeployment, raise, raiseAmongMany, rename, rotate, lower))
                .allSatisfy(
                        attempt -> assertThat(attempt.by(api, owner).status()).isEqualTo(200));
        assertThat(api.delete(owner, path(victim, "")).status()).isEqualTo(204);
        assertThat(makeOnDeployment.by(api, own.value().reveal()).status()).isEqualTo(200);
        assertThat(Standing.now(api)).isNotEqualTo(before);
    }

    /// A body that echoes what an answer says: its roles are no wish, and nothing comes of them.
    ///
    /// Guard: `CreateApiTokenBody.read` – takes the one role from the one member that is for it.
    @Test
    void rolesThatABodyMerelyEchoesAreNotGiven() {
        Workspace place = api.behind().anotherWorkspace(api.unique("echoed"));
        Deployment deployment = api.behind().deployment(place.id(), "d");
        String operator = token(place, Role.WORKSPACE_OPERATOR).value().reveal();
        String echoed = Attempt.token("WORKSPACE", place.id(), "WORKSPACE_AUTHOR")
                .replace("}", ", \"roles\": [" + role("WORKSPACE", place.id(), "WORKSPACE_OWNER") + "]}");

        Answer made = new Attempt(api.organization("/tokens"), echoed).by(api, operator);

        assertThat(made.status()).isEqualTo(200);
        assertThat(made.json().path("roles"))
                .singleElement()
                .satisfies(held -> assertThat(held.path("role").asText()).isEqualTo("WORKSPACE_AUTHOR"));
        Attempt ownersOnly = new Attempt(api.organization("/tokens"), Attempt.token("DEPLOYMENT", deployment.id(), ""));
        assertThat(ownersOnly.by(api, made.member("token")).status()).isEqualTo(403);
        assertThat(ownersOnly
                        .by(api, token(place, Role.WORKSPACE_OWNER).value().reveal())
                        .status())
                .as("control")
                .isEqualTo(200);
    }

    private IssuedToken token(Workspace place, Role role) {
        return api.behind().workspaceToken(place.id(), role.name(), role);
    }

    private String path(IssuedToken token, String rest) {
        return api.organization("/tokens/" + token.token().id() + rest);
    }
}
