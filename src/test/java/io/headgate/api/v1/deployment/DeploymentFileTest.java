package io.headgate.api.v1.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.kernel.DeploymentId;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// `GET` and `POST …/deployments/{deploymentId}/deployment-file` (F1–F16).
@QuarkusTest
class DeploymentFileTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// The file of the documentation, applied to a Deployment with its own token.
        @Test
        void toTheExampleOfTheDocumentation() throws IOException {
            Deployment deployment = inItsOwnWorkspace("any");

            Answer answer = api.postYaml(api.tokenOf(deployment), path(deployment), example());

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.member("restarts")).isEqualTo("true");
            assertThat(answer.json().path("warnings")).isEmpty();
            assertThat(answer.text()).doesNotContain("change-me");
            assertThat(changes(answer))
                    .contains(
                            "configuration.name: any → reporting",
                            "configuration.ci_cd_enforcement: false → true",
                            "environment_variables[BUILD].value: null → 0123",
                            "environment_variables[DB_PASSWORD].value: null → ***",
                            "worker_queues[heavy].worker_type: null → A20",
                            "alert_emails: null → data-team@example.com");
            Answer after = api.get(api.owner(), api.organization("/deployments/" + deployment.id()));
            assertThat(after.member("status")).isEqualTo("DEPLOYING");
            assertThat(after.json()).isEqualTo(answer.json().path("deployment"));
            assertThat(after.json().at("/environmentVariables/0/value").asText())
                    .isEqualTo("0123");
            assertThat(after.member("pythonRequirements")).isEqualTo("pandas==2.2.3\nopenpyxl");
            assertThat(after.json().at("/workerQueues/0/workerConcurrency").asInt())
                    .isEqualTo(5);
        }

        /// F8: with secrets, odd values and several lines, exporting and applying changes nothing at all.
        @ParameterizedTest
        @ValueSource(strings = {"application/yaml", "application/json"})
        void toItsOwnExport(String type) throws IOException {
            Deployment deployment = inItsOwnWorkspace("round trip");
            api.postYaml(api.owner(), path(deployment), example());
            api.postYaml(
                    api.owner(),
                    path(deployment),
                    example().replace("eu-central-1", "\" - {a}: #b\\n  c\\t\\u2028 'd' \\\"e\\\" yes\""));
            Deployment before = api.behind().healthy(deployment.id());
            String file = api.send(api.request(path(deployment))
                            .header("Authorization", "Bearer " + api.owner())
                            .header("Accept", type)
                            .GET())
                    .text();

            Answer answer = api.send(api.request(path(deployment))
                    .header("Authorization", "Bearer " + api.owner())
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(file)));

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().path("changes")).isEmpty();
            assertThat(answer.json().path("warnings")).isEmpty();
            assertThat(answer.member("restarts")).isEqualTo("false");
            assertThat(api.behind().healthy(deployment.id())).isEqualTo(before);
            assertThat(file).doesNotContain("change-me");
        }

        /// Any reader of YAML must find the texts that we know, not what they look like.
        @Test
        void inYamlThatOthersReadAsWeDo() throws IOException {
            Deployment deployment = inItsOwnWorkspace("others");
            api.postYaml(api.owner(), path(deployment), example());

            Answer answer = api.get(api.owner(), path(deployment));
            Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(answer.text());

            assertThat(answer.header("Content-Type")).startsWith("application/yaml");
            assertThat(read)
                    .hasToString(new Yaml(new SafeConstructor(new LoaderOptions()))
                            .load(api.send(api.request(path(deployment))
                                            .header("Authorization", "Bearer " + api.owner())
                                            .header("Accept", "application/json")
                                            .GET())
                                    .text())
                            .toString());
            assertThat(answer.text()).contains("value: \"0123\"");
        }

        /// Z13.
        @Test
        void withATemplateWithoutNameMetadataAndSecrets() throws IOException {
            Deployment deployment = inItsOwnWorkspace("template");
            api.postYaml(api.owner(), path(deployment), example());

            String template =
                    api.get(api.owner(), path(deployment) + "?template=true").text();

            assertThat(template).contains("name: \"\"", "BUILD").doesNotContain("metadata", "DB_PASSWORD");
            assertThat(api.get(api.owner(), path(deployment)).text()).contains("metadata", "DB_PASSWORD");
        }

        /// F6, F7, F9, F10 and the rule that a dry run does nothing.
        @Test
        void toADryRunWithWhatWouldHappen() throws IOException {
            Deployment deployment = inItsOwnWorkspace("dry");
            api.postYaml(api.owner(), path(deployment), example());
            Deployment before = api.behind().healthy(deployment.id());

            Answer answer = api.postYaml(api.owner(), path(deployment) + "?dryRun=true", """
                    deployment:
                      metadata: {anything: [1, 2]}
                      environment_variables:
                        - {key: DB_PASSWORD, is_secret: TRUE, value: another-one}
                      configuration:
                        name: reporting
                        executor: celery
                        runtime_version: 3.1-7
                        dag_deploy_enabled: on
                      worker_queues:
                        - {name: default, worker_type: a5, worker_concurrency: "5"}
                    """);

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().has("deployment")).isFalse();
            assertThat(changes(answer))
                    .containsExactlyInAnyOrder(
                            "environment_variables[BUILD].is_secret: false → null",
                            "environment_variables[BUILD].value: 0123 → null",
                            "environment_variables[REGION].is_secret: false → null",
                            "environment_variables[REGION].value: eu-central-1 → null",
                            "environment_variables[DB_PASSWORD].value: *** → ***",
                            "worker_queues[heavy].max_worker_count: 3 → null",
                            "worker_queues[heavy].min_worker_count: 0 → null",
                            "worker_queues[heavy].worker_concurrency: 10 → null",
                            "worker_queues[heavy].worker_type: A20 → null");
            assertThat(answer.json().at("/warnings/0").asText()).contains("runtime_version is ignored");
            assertThat(answer.text()).doesNotContain("another-one", "change-me");
            assertThat(api.behind().healthy(deployment.id())).isEqualTo(before);
        }
    }

    @Nested
    class Answers400 {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                configuration: {name: x, executor: celery, workspace_name: Other} | deployment.configuration.workspace_name | cannot be changed
                configuration: {name: x, executor: celery, cluster_name: big}     | deployment.configuration.cluster_name   | cannot be changed
                configuration: {name: x, executor: celery, deployment_type: dedicated} | deployment.configuration.deployment_type | must be STANDARD
                configuration: {name: x, executor: sequential}                    | deployment.configuration.executor       | one of ASTRO, CELERY, KUBERNETES
                configuration: {name: x}                                          | deployment.configuration.executor       | is required
                configuration: {executor: celery}                                 | deployment.configuration.name           | is required
                configuration: {name: x, executor: celery, sheduler_size: small}  | deployment.configuration.sheduler_size  | did you mean scheduler_size?
                configuration: {name: x, executor: celery, is_high_availability: maybe} | deployment.configuration.is_high_availability | must be true or false
                configuration: {name: x, executor: celery, is_development_mode: true} | deployment.configuration.is_development_mode | but not on
                configuration: {name: x, executor: celery, default_task_pod_cpu: 12} | deployment.configuration.default_task_pod_cpu | at most deployment.configuration.resource_quota_cpu, given 12
                configuration: {name: x, executor: celery, python_requirements: no-such-package} | deployment.configuration.python_requirements | was not found
                configuration: {name: x, executor: celery, hibernation_schedules: [{enabled: true}]} | deployment.configuration.hibernation_schedules | not offered by this version
                {configuration: {name: x, executor: celery}, hibernation_schedules: [{enabled: true}]} | deployment.hibernation_schedules | not offered by this version
                {configuration: {name: x, executor: celery}, environment_variables: [{key: A}]} | deployment.environment_variables[0].value | for 'A'
                {configuration: {name: x, executor: celery}, environment_variables: [{key: PATH, value: x}]} | deployment.environment_variables[0].key | is reserved
                {configuration: {name: x, executor: celery}, environment_variables: [{key: A, value: [x]}]} | deployment.environment_variables[0].value | must be a text
                {configuration: {name: x, executor: celery}, alert_emails: [nobody]} | deployment.alert_emails[0]            | must be an e-mail address
                {configuration: {name: x, executor: celery}, worker_queues: [{name: big, worker_type: A5}]} | deployment.worker_queues | its name must be default
                {configuration: {name: x, executor: celery}, worker_queues: [{name: default, worker_type: A5, worker_concurrency: 99}]} | deployment.worker_queues[0].worker_concurrency | from 1 to 15
                {configuration: {name: x, executor: kubernetes}, worker_queues: [{name: default, worker_type: A5}]} | deployment.worker_queues | must be absent
                """)
        void namingThePlaceInTheFileAndChangingNothing(String document, String field, String words) {
            Deployment deployment = api.healthy("file");

            Answer answer = api.postYaml(api.owner(), path(deployment), yaml(document));

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly(field);
            assertThat(answer.message()).contains(words);
            assertThat(api.behind().healthy(deployment.id())).isEqualTo(deployment);
            assertThat(api.postYaml(
                                    api.owner(),
                                    path(deployment) + "?dryRun=true",
                                    yaml("configuration: {name: x, executor: celery}"))
                            .status())
                    .as("control")
                    .isEqualTo(200);
        }

        /// Of a number only its value would be known.
        @Test
        void toAValueThatIsANumberInJson() {
            Deployment deployment = api.healthy("json");

            Answer answer = api.post(api.owner(), path(deployment), """
                    {"deployment": {"configuration": {"name": "x", "executor": "CELERY"},
                     "environment_variables": [{"key": "A", "value": 1e3}]}}""");

            assertThat(answer.wrongFields()).containsExactly("deployment.environment_variables[0].value");
            assertThat(answer.message()).contains("put it in quotes");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                deployments: {}           | unknown member 'deployments'; did you mean deployment?
                a: [                      | body is not valid YAML at line
                deployment: !!map {}      | YAML tag
                """)
        void toWhatIsNoDeploymentFile(String body, String words) {
            Answer answer = api.postYaml(api.owner(), path(api.healthy("no file")), body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).contains(words);
        }
    }

    @Nested
    class OtherStatuses {
        @Test
        void a415ToATypeThatIsNeitherAnd406ToOneThatIsNotMade() {
            Deployment deployment = api.healthy("types");

            Answer sent = api.send(api.request(path(deployment))
                    .header("Authorization", "Bearer " + api.owner())
                    .header("Content-Type", "text/plain")
                    .POST(HttpRequest.BodyPublishers.ofString("deployment: {}")));
            Answer asked = api.send(api.request(path(deployment))
                    .header("Authorization", "Bearer " + api.owner())
                    .header("Accept", "text/html")
                    .GET());

            assertThat(sent.status()).isEqualTo(415);
            assertThat(sent.message()).contains("application/yaml or application/json, given 'text/plain'");
            assertThat(asked.status()).isEqualTo(406);
        }

        @Test
        void a404ToTheTokenOfASibling() {
            Deployment deployment = api.healthy("foreign");
            String sibling = api.tokenOf(api.healthy("sibling"));
            String file = yaml("configuration: {name: x, executor: celery}");

            assertThat(api.get(sibling, path(deployment)).status()).isEqualTo(404);
            assertThat(api.postYaml(sibling, path(deployment), file).status()).isEqualTo(404);
            assertThat(api.get(api.tokenOf(deployment), path(deployment)).status())
                    .isEqualTo(200);
        }
    }

    private static List<String> changes(Answer answer) {
        return StreamSupport.stream(answer.json().path("changes").spliterator(), false)
                .map(change -> change.path("field").asText() + ": "
                        + change.path("from").asText("null") + " → "
                        + change.path("to").asText("null"))
                .toList();
    }

    /// What is in braces is the whole document, else it is one of its lines.
    private static String yaml(String document) {
        return document.startsWith("{") ? "deployment: " + document : "deployment:\n  " + document;
    }

    private static String example() throws IOException {
        String page = Files.readString(Path.of("docs/deployment-file.md"));
        String start = "```yaml\n";
        int from = page.indexOf(start) + start.length();
        return page.substring(from, page.indexOf("```", from));
    }

    private Deployment inItsOwnWorkspace(String name) {
        String workspace = api.post(
                        api.owner(), api.organization("/workspaces"), "{\"name\": \"" + api.unique("of") + "\"}")
                .member("id");
        String id = api.post(
                        api.owner(),
                        api.organization("/deployments"),
                        "{\"name\": \"" + name + "\", \"workspaceId\": \"" + workspace + "\"}")
                .member("id");
        return api.behind().healthy(new DeploymentId(id));
    }

    private String path(Deployment deployment) {
        return api.organization("/deployments/" + deployment.id() + "/deployment-file");
    }
}
