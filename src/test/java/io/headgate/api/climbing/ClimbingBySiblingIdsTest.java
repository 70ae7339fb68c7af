package io.headgate.api.climbing;

import static io.headgate.api.climbing.Attempt.role;
import static io.headgate.api.climbing.Attempt.roles;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.access.RoleAssignment;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.api.v1.deploy.DeployScene;
import io.headgate.deployment.Deployment;
import io.headgate.organization.Workspace;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// The path names what is one's own, the body, the query or the last id names what is somebody else's.
@QuarkusTest
class ClimbingBySiblingIdsTest {
    @Inject
    TestApi api;

    /// Guards: `Scope.covers` – a right counts on its object and in it;
    /// and where a second id is looked up beside the one that the caller was asked for, `Alerts.told`,
    /// `Deploys.inside` and `DeploymentPlan.of`.
    @Test
    void noBodyReachesWhatItsSenderDoesNot() {
        DeployScene scene = new DeployScene(api);
        Deployment theirs = scene.place();
        Workspace theirPlace = api.behind().workspace();
        Workspace place = api.behind().anotherWorkspace(api.unique("mine"));
        Deployment mine =
                api.behind().healthy(api.behind().deployment(place.id(), "mine").id());
        String deploy = scene.pushed("theirs");
        String deployed = scene.deployed("theirs too");
        api.behind().workspaceToken("theirs", Role.WORKSPACE_MEMBER);
        IssuedToken theirToken = api.behind().token(theirs.id(), "theirs", OptionalInt.empty());
        IssuedToken shared = api.behind().organizationToken("shared", Role.ORGANIZATION_MEMBER);
        api.behind().assign(shared, new RoleAssignment(Role.WORKSPACE_MEMBER, place.scope()));
        String channel = channel(place).by(api, api.owner()).member("id");
        String theirChannel = channel(theirPlace).by(api, api.owner()).member("id");
        String member = role("ORGANIZATION", api.behind().organizationId(), "ORGANIZATION_MEMBER");
        String tokens = api.organization("/tokens");
        String sharedRoles = tokens + "/" + shared.token().id() + "/roles";
        String deploys = api.organization("/deployments/" + mine.id() + "/deploys/");

        // each with the same by somebody who may, or about what is the sender's own
        List<Attempt> hostile = List.of(
                new Attempt(tokens, Attempt.token("DEPLOYMENT", theirs.id(), "")),
                new Attempt(tokens, Attempt.token("WORKSPACE", theirPlace.id(), "WORKSPACE_ACCESSOR")),
                new Attempt(sharedRoles, roles(member, role("DEPLOYMENT", theirs.id(), "DEPLOYMENT_ADMIN"))),
                new Attempt(sharedRoles, roles(member, role("WORKSPACE", theirPlace.id(), "WORKSPACE_ACCESSOR"))),
                new Attempt(tokens + "/" + theirToken.token().id() + "/rotate", ""),
                new Attempt(api.organization("/deployments"), deployment(theirPlace)),
                alert(theirs, theirChannel),
                alert(theirs, channel),
                channel(theirPlace));
        List<Attempt> crossed = List.of(
                move(mine, theirPlace),
                alert(mine, theirChannel),
                new Attempt(deploys + deploy + "/finalize", "{}"),
                new Attempt(deploys + deployed + "/rollback", "{}"),
                new Attempt(deploys + deploy, "{\"description\": \"mine\"}"));
        List<String> climbers = List.of(
                api.behind()
                        .workspaceToken(place.id(), "climber", Role.WORKSPACE_OWNER)
                        .value()
                        .reveal(),
                api.tokenOf(mine));
        Standing before = Standing.now(api);

        for (String climber : climbers) {
            hostile.forEach(attempt -> refused(attempt, attempt.by(api, climber)));
            crossed.forEach(attempt -> refused(attempt, attempt.by(api, climber)));
            for (String query : List.of(
                    "/tokens?deploymentId=" + theirs.id(),
                    "/tokens?workspaceId=" + theirPlace.id(),
                    "/deployments?workspaceIds=" + theirPlace.id(),
                    "/deployments?deploymentIds=" + theirs.id())) {
                assertThat(api.get(climber, api.organization(query))
                                .json()
                                .path("totalCount")
                                .asInt())
                        .as(query)
                        .isZero();
                assertThat(api.get(api.owner(), api.organization(query))
                                .json()
                                .path("totalCount")
                                .asInt())
                        .as("control " + query)
                        .isPositive();
            }
        }
        assertThat(Standing.now(api)).isEqualTo(before);
        assertThat(scene.view(deploy).member("statusReason")).isEqualTo("Waits for an upload");
        assertThat(scene.view(deploy).member("description")).isEqualTo("first");
        assertThat(api.get(theirToken.value().reveal(), "/v1/organizations").status())
                .isEqualTo(200);

        // control: what names one thing only, by those who may
        String climber = climbers.getFirst();
        assertThat(move(mine, place).by(api, climber).status()).isEqualTo(200);
        assertThat(alert(mine, channel).by(api, climber).status()).isEqualTo(200);
        String theirPath = api.organization("/deployments/" + theirs.id() + "/deploys/");
        assertThat(new Attempt(theirPath + deploy, "{\"description\": \"mine\"}")
                        .by(api, scene.token())
                        .status())
                .isEqualTo(200);
        assertThat(new Attempt(theirPath + deploy + "/finalize", "{}")
                        .by(api, scene.token())
                        .status())
                .isEqualTo(200);
        hostile.stream()
                .filter(attempt -> !attempt.equals(alert(theirs, channel)))
                .forEach(attempt -> assertThat(attempt.by(api, api.owner()).status())
                        .as(attempt.toString())
                        .isEqualTo(200));
    }

    private static void refused(Attempt attempt, Answer answer) {
        assertThat(answer.status()).as(attempt + ": " + answer.text()).isIn(400, 403, 404);
    }

    private Attempt channel(Workspace place) {
        return new Attempt(api.platform("/notification-channels"), """
                {"name": "%s", "type": "SLACK", "entityType": "WORKSPACE", "entityId": "%s",
                 "definition": {"webhookUrl": "https://hooks.example.com/services/T0/B0/x"}}""".formatted(api.unique("team"), place.id()));
    }

    private Attempt alert(Deployment place, String channel) {
        return new Attempt(api.platform("/alerts"), """
                {"name": "climbed", "type": "DAG_FAILURE", "severity": "INFO", "entityType": "DEPLOYMENT",
                 "entityId": "%s", "notificationChannelIds": ["%s"]}""".formatted(place.id(), channel));
    }

    private String deployment(Workspace place) {
        return "{\"name\": \"%s\", \"workspaceId\": \"%s\"}".formatted(api.unique("climbed"), place.id());
    }

    private Attempt move(Deployment deployment, Workspace place) {
        return new Attempt(
                api.organization("/deployments/" + deployment.id()), """
                {"type": "STANDARD", "executor": "ASTRO", "schedulerSize": "SMALL", "isHighAvailability": false,
                 "isCicdEnforced": false, "isDagDeployEnabled": true, "environmentVariables": [],
                 "name": "%s", "workspaceId": "%s"}""".formatted(deployment.name(), place.id()));
    }
}
