package io.headgate.api.v1.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `POST …/deployments`.
@QuarkusTest
class CreateDeploymentTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// P1: everything but the name has a default.
        @Test
        void withADeploymentThatIsBeingCreated() {
            Answer answer = create("");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("status")).isEqualTo("CREATING");
            assertThat(answer.member("executor")).isEqualTo("ASTRO");
            assertThat(answer.member("runtimeVersion")).isEqualTo("3.3-1");
            assertThat(answer.member("isDagDeployEnabled")).isEqualTo("true");
            assertThat(answer.json().at("/workerQueues/0/name").asText()).isEqualTo("default");
            assertThat(answer.json().has("description")).isFalse();
            assertThat(api.audited(answer.member("id")))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("deployment.created by ");
        }

        /// What the stock command line sends with all its flags.
        @Test
        void withWhatWasAskedFor() {
            Answer answer = create("""
                    , "astroRuntimeVersion": "3.3-1", "cloudProvider": "AWS", "region": "us-east-1",
                    "defaultTaskPodCpu": "0.5", "defaultTaskPodMemory": "1Gi", "description": "full",
                    "executor": "KUBERNETES", "isCicdEnforced": true, "isDagDeployEnabled": true,
                    "isDevelopmentMode": true, "isHighAvailability": true, "resourceQuotaCpu": "20",
                    "resourceQuotaMemory": "40Gi", "schedulerSize": "MEDIUM", "type": "STANDARD",
                    "contactEmails": ["ops@example.com"], "environmentVariables": []""");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("cloudProvider")).isEqualTo("AWS");
            assertThat(answer.member("region")).isEqualTo("us-east-1");
            assertThat(answer.member("defaultTaskPodMemory")).isEqualTo("1Gi");
            assertThat(answer.member("schedulerSize")).isEqualTo("MEDIUM");
            assertThat(answer.member("schedulerMemory")).isEqualTo("4Gi");
            assertThat(answer.member("isCicdEnforced")).isEqualTo("true");
            assertThat(answer.json().at("/contactEmails/0").asText()).isEqualTo("ops@example.com");
            assertThat(answer.json().has("workerQueues")).isFalse();
            assertThat(api.get(api.owner(), api.organization("/deployments/" + answer.member("id")))
                            .json())
                    .isEqualTo(answer.json());
        }

        /// A deployment file sends empty texts for what it does not say, and queues sorted by name.
        @Test
        void withWhatADeploymentFileSends() {
            Answer answer = create("""
                    , "astroRuntimeVersion": "", "cloudProvider": "", "region": "", "schedulerSize": "",
                    "description": "", "executor": "CELERY", "contactEmails": null,
                    "scalingSpec": {"hibernationSpec": {"schedules": []}}, "remoteExecution": {"enabled": false},
                    "workerQueues": [
                      {"astroMachine": "a10", "id": "", "isDefault": false, "maxWorkerCount": 3, "minWorkerCount": 1,
                       "name": "big", "workerConcurrency": 10},
                      {"astroMachine": "A5", "id": "", "isDefault": true, "maxWorkerCount": 10, "minWorkerCount": 0,
                       "name": "default", "workerConcurrency": 5}]""");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("description")).isEmpty();
            assertThat(answer.json().path("workerQueues")).hasSize(2);
            assertThat(answer.json().at("/workerQueues/0/astroMachine").asText())
                    .isEqualTo("A10");
            assertThat(answer.json().at("/workerQueues/0/id").asText()).startsWith("c");
        }

        /// V5: not even the answer to creation shows a secret.
        @Test
        void withVariablesAndPackages() {
            Answer answer = create("""
                    , "pythonRequirements": "pandas==2.2", "environmentVariables": [
                      {"key": "B", "value": "s3cret-77", "isSecret": true},
                      {"key": "A", "value": "open", "isSecret": false}]""");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/environmentVariables/0/value").asText())
                    .isEqualTo("open");
            assertThat(answer.json().at("/environmentVariables/1/key").asText()).isEqualTo("B");
            assertThat(answer.text()).doesNotContain("s3cret-77");
            assertThat(answer.member("pythonRequirements")).isEqualTo("pandas==2.2");
        }

        /// Online the command line sends its vendor's newest build of the Airflow version (quirk 13).
        @Test
        void withOurBuildOfTheSameAirflow() {
            assertThat(create(", \"astroRuntimeVersion\": \"3.3-9\"").member("runtimeVersion"))
                    .isEqualTo("3.3-1");
        }

        @Test
        void takingTheWorkspacesDefaultForCodeFromTokensOnly() {
            String workspace = api.post(
                            api.owner(),
                            api.organization("/workspaces"),
                            "{\"name\":\"%s\",\"cicdEnforcedDefault\":true}".formatted(api.unique("Strict")))
                    .member("id");
            String body = "{\"name\":\"x\",\"workspaceId\":\"" + workspace + "\"}";

            assertThat(post(api.owner(), body).member("isCicdEnforced")).isEqualTo("true");
        }
    }

    @Nested
    class Answers400 {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                "type": "DEDICATED"                     | type                 | must be STANDARD, given 'DEDICATED'
                "clusterId": "c1"                       | clusterId            | must be absent
                "astroRuntimeVersion": "3.1-2"          | astroRuntimeVersion  | must be one of 3.3-1, given '3.1-2'
                "astroRuntimeVersion": "3.3.2"          | astroRuntimeVersion  | must be one of 3.3-1, given '3.3.2'
                "executor": "LOCAL"                     | executor             | one of ASTRO, CELERY, KUBERNETES, given 'LOCAL'
                "schedulerSize": "TINY"                 | schedulerSize        | SMALL, MEDIUM, LARGE, EXTRA_LARGE, given 'TINY'
                "cloudProvider": "IBM"                  | cloudProvider        | one of AWS, AZURE, GCP
                "isCicdEnforced": 1                     | isCicdEnforced       | must be true or false, given 1
                "defaultTaskPodCpu": "0.1"              | defaultTaskPodCpu    | from 0.25 to 16, given '0.1'
                "defaultTaskPodMemory": "1G"            | defaultTaskPodMemory | such as 0.5Gi or 512Mi
                "defaultTaskPodCpu": "12"               | defaultTaskPodCpu    | at most resourceQuotaCpu, given 12 and 10
                "contactEmails": ["not an address"]     | contactEmails[0]     | must be an e-mail address
                "contactEmails": "a@b.c"                | contactEmails        | must be a list, given 'a@b.c'
                "environmentVariables": [{"key": "A", "isSecret": true}] | environmentVariables[0].value | for 'A'
                "pythonRequirements": "no-such-package" | pythonRequirements   | was not found
                "scalingSpec": {"hibernationSpec": {"schedules": [{}, {"isEnabled": true}]}} | scalingSpec | no hibernation yet
                "remoteExecution": {"enabled": true}    | remoteExecution      | is not offered
                "scheduler": {"au": 5}                  | scheduler            | HYBRID
                "enviromentVariables": []               | enviromentVariables  | did you mean environmentVariables?
                """)
        void namingTheFieldWithGivenAndAllowed(String member, String field, String words) {
            Answer answer = create(", " + member);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly(field);
            assertThat(answer.message()).contains(words);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                "minWorkerCount": 5, "maxWorkerCount": 4   | workerQueues[0].minWorkerCount    | at most maxWorkerCount, given 5 and 4
                "maxWorkerCount": 31                       | workerQueues[0].maxWorkerCount    | from 1 to 30, given 31
                "maxWorkerCount": 1.0                      | workerQueues[0].maxWorkerCount    | whole number
                "workerConcurrency": 16                    | workerQueues[0].workerConcurrency | from 1 to 15, given 16
                "astroMachine": "A6"                       | workerQueues[0].astroMachine      | A5, A10, A20
                "name": "other"                            | workerQueues                      | its name must be default
                "isDefault": false                         | workerQueues                      | exactly one queue with isDefault true
                "size": 1                                  | workerQueues[0].size              | unknown member 'size'
                """)
        void namingTheFieldOfTheQueue(String member, String field, String words) {
            Answer right = create(", \"workerQueues\": [" + queue("default", true, "") + "]");
            Answer wrong = create(", \"workerQueues\": [" + queue("default", true, member) + "]");

            assertThat(right.status()).isEqualTo(200);
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.wrongFields()).containsExactly(field);
            assertThat(wrong.message()).contains(words);
        }

        @Test
        void forTwoQueuesOfOneName() {
            Answer answer = create(", \"workerQueues\": [" + queue("default", true, "") + "," + queue("big", false, "")
                    + "," + queue("big", false, "") + "]");

            assertThat(answer.message()).isEqualTo("workerQueues must not hold two queues named 'big'");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"name\":\"x\",\"workspaceId\":\"Data\"}"})
        void forABodyWithoutNameOrWorkspace(String body) {
            Answer answer = post(api.owner(), body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).contains("workspaceId");
        }
    }

    @Nested
    class Answers403 {
        /// S13, R18: not even in its own Workspace.
        @Test
        void toADeploymentToken() {
            String body = body(api.unique("denied"), "");
            Answer denied = post(api.deploymentToken(), body);

            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.message()).isEqualTo("not permitted: this needs workspace.deployments.create");
            assertThat(post(api.owner(), body).status()).isEqualTo(200);
        }
    }

    @Nested
    class Answers404 {
        @Test
        void forAWorkspaceThatDoesNotExist() {
            Answer answer = post(api.owner(), "{\"name\":\"x\",\"workspaceId\":\"" + TestApi.unknownId() + "\"}");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.message()).isEqualTo("Workspace not found");
        }
    }

    @Nested
    class Answers409 {
        /// P2.
        @Test
        void forANameThatIsTakenInTheWorkspace() {
            String body = body(api.unique("taken"), "");

            assertThat(post(api.owner(), body).status()).isEqualTo(200);
            assertThat(post(api.owner(), body).status()).isEqualTo(409);
        }
    }

    private Answer create(String more) {
        return post(api.owner(), body(api.unique("made"), more));
    }

    private Answer post(String credential, String body) {
        return api.post(credential, api.organization("/deployments"), body);
    }

    private String body(String name, String more) {
        return "{\"name\":\"" + name + "\",\"workspaceId\":\""
                + api.behind().workspace().id() + "\"" + more + "}";
    }

    /// A good queue in which one member is replaced by, or joined by, another.
    private static String queue(String name, boolean isDefault, String other) {
        String queue = "\"name\": \"" + name + "\", \"isDefault\": " + isDefault
                + ", \"astroMachine\": \"A5\", \"minWorkerCount\": 0, \"maxWorkerCount\": 10, \"workerConcurrency\": 5";
        for (String member : other.isEmpty() ? new String[0] : other.split(", ", -1)) {
            String key = member.substring(0, member.indexOf(':') + 1);
            queue = queue.contains(key) ? queue.replaceAll(key + " [^,]+", member) : queue + ", " + member;
        }
        return "{" + queue + "}";
    }
}
