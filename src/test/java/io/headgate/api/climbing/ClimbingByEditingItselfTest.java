package io.headgate.api.climbing;

import static io.headgate.api.climbing.Attempt.role;
import static io.headgate.api.climbing.Attempt.roles;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.kernel.WorkspaceId;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// A token that may manage tokens of its kind starts with the nearest one: itself.
@QuarkusTest
class ClimbingByEditingItselfTest {
    @Inject
    TestApi api;

    /// Guard: `TokenAccess.refuseItself` – whatever the role.
    /// A Deployment token, which may manage none, is stopped by `TokenAccess.requireAtHome` before.
    @Test
    void noTokenChangesItself() {
        WorkspaceId workspace = api.behind().workspace().id();
        Deployment place = api.behind().deployment(api.unique("own"));
        String onOrganization = role("ORGANIZATION", api.behind().organizationId(), "ORGANIZATION_OWNER");
        String onWorkspace = role("WORKSPACE", workspace, "WORKSPACE_OWNER");
        String onDeployment = role("DEPLOYMENT", place.id(), "DEPLOYMENT_ADMIN");

        tries(api.behind().organizationToken("itself"), roles(onOrganization, onWorkspace, onDeployment));
        tries(
                api.behind().workspaceToken("itself", Role.WORKSPACE_OWNER),
                roles(role("WORKSPACE", workspace, "WORKSPACE_OPERATOR")));
        tries(api.behind().workspaceToken("itself", Role.WORKSPACE_OPERATOR), roles(onWorkspace, onDeployment));
        tries(api.behind().token(place.id(), "itself", OptionalInt.of(30)), roles(onDeployment));
    }

    private void tries(IssuedToken self, String wanted) {
        String value = self.value().reveal();
        String path = api.organization("/tokens/" + self.token().id());
        String shouted = api.organization("/tokens/" + self.token().id().value().toUpperCase(Locale.ROOT));
        List<Attempt> attempts = List.of(
                new Attempt(path, "{\"name\": \"" + api.unique("renamed") + "\"}"),
                new Attempt(shouted, "{\"name\": \"" + api.unique("renamed") + "\"}"),
                new Attempt(path + "/roles", wanted),
                new Attempt(shouted + "/roles", wanted),
                new Attempt(shouted + "/rotate", ""),
                new Attempt(path + "/rotate", ""));
        List<Attempt> longer = List.of(
                new Attempt(path, "{\"name\": \"itself\", \"tokenExpiryPeriodInDays\": 3650}"),
                new Attempt(path, "{\"name\": \"itself\", \"role\": \"ORGANIZATION_OWNER\"}"),
                new Attempt(path + "/rotate", "{\"tokenExpiryPeriodInDays\": 3650}"));
        Standing before = Standing.now(api);

        assertThat(attempts)
                .allSatisfy(
                        attempt -> assertThat(attempt.by(api, value).status()).isEqualTo(403));
        assertThat(longer)
                .allSatisfy(
                        attempt -> assertThat(attempt.by(api, value).status()).isEqualTo(400));
        assertThat(api.delete(value, path).status()).isEqualTo(403);
        assertThat(api.delete(value, shouted).status()).isEqualTo(403);

        assertThat(Standing.now(api)).isEqualTo(before);
        assertThat(api.get(value, "/v1/organizations").status()).isEqualTo(200);

        // control: somebody else with the right does all of it
        assertThat(attempts)
                .allSatisfy(attempt ->
                        assertThat(attempt.by(api, api.owner()).status()).isEqualTo(200));
        assertThat(api.get(value, "/v1/organizations").status()).isEqualTo(401);
        assertThat(api.delete(api.owner(), path).status()).isEqualTo(204);
    }
}
