package io.headgate.api.v1.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `POST …/deployments/{deploymentId}`.
@QuarkusTest
class UpdateDeploymentTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// The first save of a pipeline: its own token, a variable and a secret.
        @Test
        void toItsOwnTokenWithVariablesAndNeverASecret() {
            Deployment deployment = api.healthy("own");
            String body = body(
                    deployment,
                    "\"environmentVariables\": ["
                            + "{\"key\": \"B\", \"value\": \"two  \", \"isSecret\": false},"
                            + "{\"key\": \"A\", \"value\": \"s3cret-9f\", \"isSecret\": true}]");

            Answer answer = api.post(api.tokenOf(deployment), path(deployment), body);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("status")).isEqualTo("DEPLOYING");
            assertThat(answer.json().at("/environmentVariables/0/key").asText()).isEqualTo("A");
            assertThat(answer.json().at("/environmentVariables/0").has("value")).isFalse();
            assertThat(answer.json().at("/environmentVariables/1/value").asText())
                    .isEqualTo("two");
            assertThat(answer.text()).doesNotContain("s3cret-9f");
            assertThat(api.get(api.owner(), path(deployment)).text()).doesNotContain("s3cret-9f");
            assertThat(api.audited(deployment.id().value())).last().asString().startsWith("deployment.updated by ");
        }

        /// §2.0, P8: description, queues and e-mails restart nothing.
        @Test
        void stayingHealthyForWhatNothingMustRestart() {
            Deployment deployment = api.healthy("calm");

            Answer answer = update(deployment, """
                    "description": "new", "contactEmails": ["ops@example.com"], "schedulerSize": "LARGE",
                    "isHighAvailability": true, "isCicdEnforced": true, "executor": "ASTRO",
                    "resourceQuotaCpu": "20", "workerQueues": [
                      {"name": "default", "isDefault": true, "minWorkerCount": 1, "maxWorkerCount": 2,
                       "workerConcurrency": 5},
                      {"name": "big", "id": "", "isDefault": false, "astroMachine": "a20", "minWorkerCount": 0,
                       "maxWorkerCount": 2, "workerConcurrency": 20, "podEphemeralStorage": "20Gi"}]""");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("status")).isEqualTo("HEALTHY");
            assertThat(answer.member("schedulerSize")).isEqualTo("LARGE");
            assertThat(answer.member("resourceQuotaCpu")).isEqualTo("20");
            assertThat(answer.json().at("/workerQueues/0/id").asText())
                    .as("found by its name")
                    .isEqualTo(
                            deployment.settings().workerQueues().getFirst().id().value());
            assertThat(answer.json().at("/workerQueues/1/podEphemeralStorage").asText())
                    .isEqualTo("20Gi");

            Answer kept = update(
                    deployment,
                    "\"description\": null, \"schedulerSize\": \"\", \"isCicdEnforced\": true,"
                            + "\"executor\": \"ASTRO\", \"isHighAvailability\": true, \"name\": \""
                            + answer.member("name") + "\"");
            assertThat(kept.json()).isEqualTo(answer.json());

            Answer cleared =
                    update(deployment, "\"description\": \"\", \"contactEmails\": [], \"isCicdEnforced\": true");
            assertThat(cleared.member("description")).isEmpty();
            assertThat(cleared.json().path("contactEmails")).isEmpty();
        }

        /// Q1.
        @Test
        void deletingTheQueuesForKubernetesAndMakingTheDefaultOneAgain() {
            Deployment deployment = api.healthy("executors");

            Answer without = update(deployment, "\"executor\": \"KUBERNETES\", \"workerQueues\": []");
            assertThat(without.json().has("workerQueues")).isFalse();
            Answer with = update(deployment, "\"executor\": \"CELERY\", \"workerQueues\": null");
            assertThat(with.json().at("/workerQueues/0/name").asText()).isEqualTo("default");
        }

        /// The whole answer posted back is a change of nothing.
        @Test
        void toItsOwnEcho() {
            Deployment deployment = api.healthy("echo");
            update(
                    deployment,
                    "\"environmentVariables\": [{\"key\":\"S\",\"value\":\"x\",\"isSecret\":true}],"
                            + "\"pythonRequirements\": \"pandas==2.2\\r\\npolars\\n\"");
            api.behind().healthy(deployment.id());
            Answer before = api.get(api.owner(), path(deployment));

            Answer after = api.post(api.owner(), path(deployment), before.text());

            assertThat(before.member("pythonRequirements")).isEqualTo("pandas==2.2\npolars");
            assertThat(after.json()).isEqualTo(before.json());
        }
    }

    @Nested
    class Answers400 {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                "type": "DEDICATED"                   | type                 | must be STANDARD
                "clusterId": "c1"                     | clusterId            | must be absent
                "name": ""                            | name                 | 1–500 characters
                "workspaceId": "c000000000000000000000000" | workspaceId     | cannot be changed
                "executor": "LOCAL"                   | executor             | one of ASTRO, CELERY, KUBERNETES
                "isDevelopmentMode": true             | isDevelopmentMode    | can be switched off but not on
                "defaultTaskPodCpu": "12"             | defaultTaskPodCpu    | at most resourceQuotaCpu, given 12 and 10
                "contactEmails": ["nobody"]           | contactEmails[0]     | must be an e-mail address
                "workerQueues": []                    | workerQueues         | at least the queue named default
                "pythonRequirements": "no-such-package" | pythonRequirements | was not found in the package registry
                "scalingSpec": {"hibernationSpec": {"schedules": [{"isEnabled": true}]}} | scalingSpec | no hibernation yet
                "environmentVariables": [{"key": "PATH", "value": "x", "isSecret": false}] | environmentVariables[0].key | is reserved
                "environmentVariables": [{"key": "OURS_X", "value": "x", "isSecret": false}] | environmentVariables[0].key | this installation
                "environmentVariables": [{"key": "A", "isSecret": true}] | environmentVariables[0].value | is required and must not be empty, for 'A'
                "environmentVariables": [{"key": "A", "value": 1, "isSecret": true}] | environmentVariables[0].value | must be a text
                "environmentVariables": [{"key": "A", "value": "x"}] | environmentVariables[0].isSecret | is required
                "environmentVariables": [{"key": "A", "value": "x", "isSecret": false, "secret": 1}] | environmentVariables[0].secret | unknown member
                "nmae": "x"                           | nmae                 | did you mean name?
                """)
        void namingTheFieldAndChangingNothing(String member, String field, String words) {
            Deployment deployment = api.healthy("wrong");
            Answer before = api.get(api.owner(), path(deployment));

            Answer answer = update(deployment, "\"description\": \"changed\", " + member);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly(field);
            assertThat(answer.message()).contains(words);
            assertThat(api.get(api.owner(), path(deployment)).json()).isEqualTo(before.json());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "type",
                    "name",
                    "workspaceId",
                    "executor",
                    "schedulerSize",
                    "isHighAvailability",
                    "isCicdEnforced",
                    "isDagDeployEnabled",
                    "environmentVariables"
                })
        void forEachMemberThatMustBeSaid(String name) throws Exception {
            Deployment deployment = api.healthy("required");
            ObjectNode body = (ObjectNode) JSON.readTree(body(deployment, ""));
            body.remove(name);

            Answer answer = api.post(api.owner(), path(deployment), body.toString());

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly(name);
        }

        /// D19.
        @Test
        void forTheWayOfDeployingWhileEnforcementIsOn() {
            Deployment deployment = api.healthy("enforced");
            update(deployment, "\"isCicdEnforced\": true");

            Answer refused = update(deployment, "\"isCicdEnforced\": true, \"isDagDeployEnabled\": false");
            assertThat(refused.wrongFields()).containsExactly("isDagDeployEnabled");
            assertThat(update(deployment, "\"isCicdEnforced\": false, \"isDagDeployEnabled\": false")
                            .status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                "id": "{id}", "name": "other"                   | workerQueues[0].name              | cannot be changed
                "id": "c000000000000000000000000", "name": "new" | workerQueues[0].id               | names no queue
                "name": "new"                                   | workerQueues[0].astroMachine      | is required for a new queue
                "name": "Big_1", "astroMachine": "A5"           | workerQueues[0].name              | lower-case letters and hyphens
                "name": "new", "astroMachine": "A5", "workerConcurrency": 16 | workerQueues[0].workerConcurrency | from 1 to 15
                """)
        void forAQueueThatIsNotLikeThat(String member, String field, String words) {
            Deployment deployment = api.healthy("queues");
            String id = deployment.settings().workerQueues().getFirst().id().value();
            String queue = ("{" + member.replace("{id}", id) + "}")
                    .replace("}", member.contains("Concurrency") ? "}" : ", \"workerConcurrency\": 5}")
                    .replace("}", ", \"isDefault\": false, \"minWorkerCount\": 0, \"maxWorkerCount\": 1}");
            String rest = "{\"name\": \"default\", \"isDefault\": true, \"astroMachine\": \"A5\","
                    + " \"minWorkerCount\": 0, \"maxWorkerCount\": 1, \"workerConcurrency\": 5}";

            Answer answer = update(deployment, "\"workerQueues\": [" + queue + ", " + rest + "]");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).contains(field);
            assertThat(answer.message()).contains(words);
        }

        /// V6, V5: not even the refusal shows a value.
        @Test
        void forASecretThatShallBeOneNoLonger() {
            Deployment deployment = api.healthy("one way");
            update(deployment, "\"environmentVariables\": [{\"key\":\"S\",\"value\":\"old-1c\",\"isSecret\":true}]");

            Answer answer = update(
                    deployment, "\"environmentVariables\": [{\"key\":\"S\",\"value\":\"new-1c\",\"isSecret\":false}]");

            assertThat(answer.wrongFields()).containsExactly("environmentVariables[0].isSecret");
            assertThat(answer.text()).doesNotContain("old-1c", "new-1c");
        }
    }

    @Nested
    class Answers404 {
        @Test
        void toTheTokenOfASibling() {
            Deployment deployment = api.healthy("mine");
            Answer foreign = api.post(api.tokenOf(api.healthy("sibling")), path(deployment), body(deployment, ""));

            assertThat(foreign.status()).isEqualTo(404);
            assertThat(foreign.withoutRequestId())
                    .isEqualTo(api.post(
                                    api.owner(),
                                    api.organization("/deployments/" + TestApi.unknownId()),
                                    body(deployment, ""))
                            .withoutRequestId());
            assertThat(api.post(api.tokenOf(deployment), path(deployment), body(deployment, ""))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Answers409 {
        /// P2.
        @Test
        void forANameThatIsTakenInTheWorkspace() {
            Deployment deployment = api.healthy("free");
            Answer answer =
                    update(deployment, "\"name\": \"" + api.behind().sibling().name() + "\"");

            assertThat(answer.status()).isEqualTo(409);
            assertThat(update(deployment, "\"name\": \"" + api.unique("free") + "\"")
                            .status())
                    .isEqualTo(200);
        }

        /// P5.
        @Test
        void whileItIsBeingCreated() {
            Deployment deployment = api.behind().deployment(api.unique("young"));

            Answer answer = update(deployment, "\"description\": \"too early\"");
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.message()).startsWith("the Deployment is still being created");
            // as the stock command line sends a variable: everything else as it was read, and nothing for absent
            assertThat(update(deployment, """
                            "description": "", "environmentVariables": [{"key": "A", "value": "1", "isSecret": false}]""").status()).isEqualTo(200);
            api.behind().healthy(deployment.id());
            assertThat(update(deployment, "\"description\": \"now\"").status()).isEqualTo(200);
        }
    }

    private Answer update(Deployment deployment, String members) {
        return api.post(api.owner(), path(deployment), body(deployment, members));
    }

    private String path(Deployment deployment) {
        return api.organization("/deployments/" + deployment.id());
    }

    /// What must be said, as the Deployment was made, with some members replaced or added.
    private static String body(Deployment deployment, String members) {
        try {
            ObjectNode body = (ObjectNode) JSON.readTree("""
                    {"type": "STANDARD", "executor": "ASTRO", "schedulerSize": "SMALL", "isHighAvailability": false,
                     "isCicdEnforced": false, "isDagDeployEnabled": true, "environmentVariables": []}""");
            body.put("name", deployment.name());
            body.put("workspaceId", deployment.scope().workspaceId().value());
            JsonNode others = JSON.readTree("{" + members + "}");
            body.setAll((ObjectNode) others);
            return body.toString();
        } catch (JsonProcessingException e) {
            throw new AssertionError(members, e);
        }
    }
}
