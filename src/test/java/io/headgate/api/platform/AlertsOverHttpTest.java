package io.headgate.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `…/alerts` and `…/notification-channels` of `/platform/v1beta1`.
@QuarkusTest
class AlertsOverHttpTest {
    private static final String WEBHOOK = "https://hooks.example.com/services/T0/B0/very-secret";

    @Inject
    TestApi api;

    /// S12: alerts belong to the Workspace.
    @Test
    void anOwnerMakesOneAndADeploymentTokenDoesNot() {
        String channel = channel(api.unique("team")).member("id");
        String body = alertBody("on failure", channel);
        String token = api.deploymentToken();

        Answer refused = api.post(token, api.platform("/alerts"), body);
        Answer made = api.post(api.owner(), api.platform("/alerts"), body);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).contains("deployment.alerts.create");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.json().at("/notificationChannels/0/id").asText()).isEqualTo(channel);
        assertThat(made.json().at("/rules/patternMatches/0/values/0").asText()).isEqualTo("daily");
        assertThat(api.audited(made.member("id")).getFirst()).startsWith("alert.created by ");
        String one = api.platform("/alerts/" + made.member("id"));
        assertThat(api.get(token, one).status()).as("it may read it").isEqualTo(200);
        assertThat(api.delete(token, one).status()).isEqualTo(403);
        assertThat(api.delete(api.owner(), one).status()).isEqualTo(204);
        assertThat(api.delete(api.owner(), one).status()).isEqualTo(404);
    }

    /// Another Deployment's token: the same 404 as for an alert that does not exist.
    @Test
    void aSiblingSeesNothingOfIt() {
        String channel = channel(api.unique("team")).member("id");
        String one = api.platform("/alerts/"
                + api.post(api.owner(), api.platform("/alerts"), alertBody("x", channel))
                        .member("id"));
        String sibling = api.tokenOf(api.behind().sibling());

        Answer foreign = api.get(sibling, one);
        Answer missing = api.get(sibling, api.platform("/alerts/" + TestApi.unknownId()));

        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.message()).isEqualTo(missing.message());
        assertThat(api.get(sibling, api.platform("/alerts"))
                        .json()
                        .get("totalCount")
                        .asInt())
                .isZero();
        assertThat(api.get(api.owner(), one).status()).as("control").isEqualTo(200);
    }

    @Test
    void aChannelNeverShowsItsWebhook() {
        String name = api.unique("team");
        Answer made = channel(name);
        Answer viewed = api.get(api.owner(), api.platform("/notification-channels/" + made.member("id")));
        Answer listed = api.get(api.owner(), api.platform("/notification-channels?limit=0"));

        assertThat(made.status()).isEqualTo(200);
        assertThat(channel(name).status()).as("the name is taken").isEqualTo(409);
        assertThat(viewed.json().get("definition").isEmpty()).isTrue();
        assertThat(made.text() + viewed.text() + listed.text()).doesNotContain("very-secret");
        assertThat(listed.text()).contains(made.member("id"));
    }

    /// Channels are the Workspace's: its Deployments' tokens see none of them.
    @Test
    void aDeploymentTokenReachesNoChannel() {
        Answer made = channel(api.unique("team"));
        String token = api.deploymentToken();
        String one = api.platform("/notification-channels/" + made.member("id"));

        assertThat(api.get(token, one).status()).isEqualTo(404);
        assertThat(api.delete(token, one).status()).isEqualTo(404);
        assertThat(api.get(token, api.platform("/notification-channels"))
                        .json()
                        .get("totalCount")
                        .asInt())
                .isZero();
        assertThat(api.post(token, api.platform("/notification-channels"), channelBody("x", WEBHOOK))
                        .status())
                .isEqualTo(403);
        assertThat(api.delete(api.owner(), one).status()).as("control").isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "DAG_FAILURE" | "DAG_SUCCESS"  | type                           | must be DAG_FAILURE, given 'DAG_SUCCESS'
            "CRITICAL"    | "BAD"          | severity                       | must be one of INFO, WARNING, CRITICAL, ERROR
            "DEPLOYMENT"  | "WORKSPACE"    | entityType                     | must be DEPLOYMENT
            "DAG_ID"      | "TASK_ID"      | rules.patternMatches[0].entityType | must be DAG_ID
            "IS"          | "LIKE"         | rules.patternMatches[0].operatorType | must be one of IS
            ["daily"]     | []             | rules.patternMatches[0].values | must hold at least 1 element
            "severity"    | "severty"      | severity, severty              | did you mean severity?
            """)
    void aWrongMemberIsNamed(String right, String wrong, String fields, String words) {
        String channel = channel(api.unique("team")).member("id");
        String body = alertBody("x", channel);
        assertThat(body).contains(right);

        Answer answer = api.post(api.owner(), api.platform("/alerts"), body.replace(right, wrong));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields()).containsExactlyInAnyOrder(fields.split(", "));
        assertThat(answer.message()).contains(words);
    }

    /// Whichever of two contradicting ids counted, somebody would take it for the other.
    @Test
    void theDeploymentAmongThePropertiesMustBeTheAlertsOwn() {
        String channel = channel(api.unique("team")).member("id");
        String own = "\"deploymentId\": \"" + api.behind().own().id();
        String foreign = "\"deploymentId\": \"" + api.behind().sibling().id();
        String body = alertBody("twice", channel);
        assertThat(body).contains(own);

        Answer answer = api.post(api.owner(), api.platform("/alerts"), body.replace(own, foreign));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields()).containsExactly("rules.properties.deploymentId");
        assertThat(answer.message()).contains("must be the same as entityId");
        assertThat(api.post(api.owner(), api.platform("/alerts"), body).status())
                .as("control")
                .isEqualTo(200);
    }

    @Test
    void aWebhookThatIsNoUrlIsRefusedAndNotRepeated() {
        Answer answer =
                api.post(api.owner(), api.platform("/notification-channels"), channelBody("x", "ftp://very-secret"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields()).containsExactly("definition.webhookUrl");
        assertThat(answer.text()).doesNotContain("very-secret");
    }

    private Answer channel(String name) {
        return api.post(api.owner(), api.platform("/notification-channels"), channelBody(name, WEBHOOK));
    }

    private String channelBody(String name, String url) {
        return """
                {"name": "%s", "type": "SLACK", "entityType": "WORKSPACE", "entityId": "%s",
                 "definition": {"webhookUrl": "%s"}}""".formatted(name, api.behind().workspace().id(), url);
    }

    private String alertBody(String name, String channel) {
        return """
                {"name": "%s", "type": "DAG_FAILURE", "severity": "CRITICAL", "entityType": "DEPLOYMENT",
                 "entityId": "%s", "notificationChannelIds": ["%s"],
                 "rules": {"properties": {"deploymentId": "%s"},
                   "patternMatches": [{"entityType": "DAG_ID", "operatorType": "IS", "values": ["daily"]}]}}""".formatted(
                name, api.behind().own().id(), channel, api.behind().own().id());
    }
}
