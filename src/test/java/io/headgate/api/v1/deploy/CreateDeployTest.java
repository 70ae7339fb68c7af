package io.headgate.api.v1.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Caller;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deploy.DeployType;
import io.headgate.deploy.NewDeploy;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.kernel.ProblemException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `POST …/deploys`.
@QuarkusTest
class CreateDeployTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// D10, D4, S4.
        @Test
        void withAnUploadUrlAndWhatTheCommandLineReads() {
            DeployScene scene = new DeployScene(api);
            Answer created = scene.create();

            assertThat(created.status()).isEqualTo(200);
            assertThat(created.member("status")).isEqualTo("INITIALIZED");
            assertThat(created.member("type")).isEqualTo("DAG_ONLY");
            assertThat(created.member("description")).isEqualTo("first");
            assertThat(created.member("isDagDeployEnabled")).isEqualTo("true");
            assertThat(created.member("imageTag")).startsWith("deploy-2026-");
            assertThat(created.json()
                            .path("createdBySubject")
                            .path("subjectType")
                            .asText())
                    .isEqualTo("SERVICEKEY");
            assertThat(created.member("dagsUploadUrl"))
                    .startsWith("http://localhost:8888/uploads/" + created.member("id") + "?");
            assertThat(api.audited(created.member("id")))
                    .singleElement()
                    .asString()
                    .startsWith("deploy.created by ");
            assertThat(scene.view(created.member("id")).json().has("dagsUploadUrl"))
                    .isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"provider\":\"GITHUB\",\"commitSha\":\"abc\",\"account\":\"acme\",\"repo\":\"etl\",\"branch\":\"main\"}",
                    "{\"provider\":\"GENERIC\",\"commitSha\":\"abc\",\"remoteUrl\":\"git@example.com:acme/etl.git\"}"
                })
        void echoingWhereTheCodeCameFrom(String git) throws Exception {
            DeployScene scene = new DeployScene(api);
            Answer created = api.post(scene.token(), scene.path(""), "{\"type\":\"DAG_ONLY\",\"git\":" + git + "}");

            assertThat(created.status()).isEqualTo(200);
            assertThat(scene.view(created.member("id")).json().path("git"))
                    .isEqualTo(new com.fasterxml.jackson.databind.ObjectMapper().readTree(git));
        }
    }

    @Nested
    class Answers400 {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {}                                                   | type        | required
                {"type":"DAGS"}                                      | type        | DAG_ONLY
                {"type":"IMAGE_ONLY"}                                | type        | container and kubernetes
                {"type":"IMAGE_AND_DAG"}                             | type        | container and kubernetes
                {"type":"BUNDLE"}                                    | type        | container and kubernetes
                {"type":"DAG_ONLY","color":"red"}                    | color       | unknown
                {"type":"DAG_ONLY","description":7}                  | description | text
                {"type":"DAG_ONLY","git":{"provider":"GITHUB","commitSha":"a","account":"x"}} | git.repo | required
                {"type":"DAG_ONLY","git":{"provider":"GENERIC","commitSha":"a","remoteUrl":"u","repo":"r"}} | git.repo | empty
                {"type":"DAG_ONLY","git":{"provider":"GITLAB","commitSha":"a"}} | git.provider | GENERIC
                """)
        void namingWhatIsWrong(String body, String field, String words) {
            DeployScene scene = new DeployScene(api);
            Answer answer = api.post(scene.token(), scene.path(""), body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).contains(field);
            assertThat(answer.message()).contains(words);
        }

        /// D16.
        @Test
        void toALongDescription() {
            DeployScene scene = new DeployScene(api);
            String start = "{\"type\":\"DAG_ONLY\",\"description\":\"";

            assertThat(api.post(scene.token(), scene.path(""), start + "x".repeat(500) + "\"}")
                            .status())
                    .isEqualTo(200);
            Answer answer = api.post(scene.token(), scene.path(""), start + "x".repeat(501) + "\"}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).contains("at most 500 characters, given 501");
        }

        /// D20: the words that the command line looks for.
        @Test
        void whereDagDeploysAreOff() {
            Answer made = api.post(
                    api.owner(),
                    api.organization("/deployments"),
                    "{\"name\":\"" + api.unique("off") + "\",\"workspaceId\":\""
                            + api.behind().workspace().id() + "\",\"isDagDeployEnabled\":false}");
            Answer answer = api.post(
                    api.owner(),
                    api.organization("/deployments/" + made.member("id") + "/deploys"),
                    "{\"type\":\"DAG_ONLY\"}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).contains("dag deploy is not enabled for deployment");
        }
    }

    @Nested
    class Answers403 {
        /// D18, AC10: a user is refused, whatever client he uses; a token passes.
        @Test
        void toAUserWhereCicdIsEnforced() {
            Answer made = api.post(
                    api.owner(),
                    api.organization("/deployments"),
                    "{\"name\":\"" + api.unique("enforced") + "\",\"workspaceId\":\""
                            + api.behind().workspace().id() + "\",\"isCicdEnforced\":true}");
            io.headgate.kernel.DeploymentId id = new io.headgate.kernel.DeploymentId(made.member("id"));
            api.behind().runtime().run(id);
            Caller user = api.behind().owner();

            Assertions.assertThatThrownBy(() -> api.behind()
                            .controlPlane()
                            .deploys()
                            .create(
                                    user,
                                    api.behind().organizationId(),
                                    id,
                                    new NewDeploy(DeployType.DAG_ONLY, Optional.empty(), Optional.empty())))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().status()).isEqualTo(403))
                    .hasMessageContaining("CI/CD enforcement is on");
            assertThat(api.post(
                                    api.owner(),
                                    api.organization("/deployments/" + id + "/deploys"),
                                    "{\"type\":\"DAG_ONLY\"}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Answers404 {
        @Test
        void toATokenOfAnotherDeploymentAsToAnUnknownOne() {
            DeployScene scene = new DeployScene(api);
            DeployScene other = new DeployScene(api);

            Answer foreign = api.post(other.token(), scene.path(""), "{\"type\":\"DAG_ONLY\"}");
            Answer unknown = api.post(
                    other.token(),
                    api.organization("/deployments/" + TestApi.unknownId() + "/deploys"),
                    "{\"type\":\"DAG_ONLY\"}");
            assertThat(foreign.status()).isEqualTo(404);
            assertThat(foreign.withoutRequestId()).isEqualTo(unknown.withoutRequestId());
            assertThat(scene.create().status()).isEqualTo(200);
        }
    }

    @Nested
    class Answers409 {
        /// D26.
        @Test
        void whileTheDeploymentIsCreatingOrHibernating() {
            DeployScene scene = new DeployScene(api);
            Deployment creating = api.behind().deployment(api.unique("creating"));

            assertThat(api.post(
                                    api.owner(),
                                    api.organization("/deployments/" + creating.id() + "/deploys"),
                                    "{\"type\":\"DAG_ONLY\"}")
                            .status())
                    .isEqualTo(409);
            api.behind().runtime().observe(scene.place().id(), DeploymentStatus.HIBERNATING);
            assertThat(scene.create().status()).isEqualTo(409);
            api.behind().runtime().observe(scene.place().id(), DeploymentStatus.UNHEALTHY);
            assertThat(scene.create().status()).isEqualTo(200);
        }
    }
}
