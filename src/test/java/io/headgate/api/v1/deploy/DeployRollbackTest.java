package io.headgate.api.v1.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.testing.Eventually;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `POST …/deploys/{deployId}/rollback`.
@QuarkusTest
class DeployRollbackTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// H6.
        @Test
        void withANewDeployOfTheOldVersion() throws Exception {
            DeployScene scene = new DeployScene(api);
            String first = live(scene, "one");
            String second = live(scene, "two");

            Answer back = rollback(scene, first, "{\"description\": \"back\"}");

            assertThat(back.status()).isEqualTo(200);
            assertThat(back.member("id")).isNotEqualTo(first);
            assertThat(back.member("rollbackFromId")).isEqualTo(first);
            assertThat(back.member("description")).isEqualTo("back");
            assertThat(back.member("dagTarballVersion"))
                    .isEqualTo(scene.view(first).member("dagTarballVersion"))
                    .isNotEqualTo(scene.view(second).member("dagTarballVersion"));
            awaitDeployed(scene, back.member("id"));
            assertThat(api.get(scene.token(), scene.path(""))
                            .json()
                            .at("/deploys/0/id")
                            .asText())
                    .isEqualTo(back.member("id"));
            assertThat(api.audited(back.member("id")))
                    .singleElement()
                    .asString()
                    .startsWith("deploy.rolledBack by ");
        }
    }

    @Nested
    class Answers400 {
        /// H10.
        @Test
        void toTheCurrentOneAndToAFailedOne() throws Exception {
            DeployScene scene = new DeployScene(api);
            String first = live(scene, "one");
            String failed = scene.pushed("broken");
            assertThat(scene.finish(failed, "{}").status()).isEqualTo(400);

            assertThat(rollback(scene, first, "{}").message()).contains("the current one");
            assertThat(rollback(scene, failed, "{}").message()).contains("only a deploy that was DEPLOYED");
            live(scene, "two");
            assertThat(rollback(scene, first, "").status()).isEqualTo(200);
        }

        @Test
        void namingWhatIsWrong() throws Exception {
            DeployScene scene = new DeployScene(api);
            assertThat(rollback(scene, live(scene, "one"), "{\"to\": \"x\"}").wrongFields())
                    .containsExactly("to");
        }
    }

    @Nested
    class Answers404 {
        @Test
        void toADeployThatDoesNotExist() {
            DeployScene scene = new DeployScene(api);
            assertThat(rollback(scene, TestApi.unknownId(), "{}").status()).isEqualTo(404);
        }
    }

    @Nested
    class Answers409 {
        @Test
        void whileTheDeploymentHibernates() throws Exception {
            DeployScene scene = new DeployScene(api);
            String first = live(scene, "one");
            live(scene, "two");
            api.behind().runtime().observe(scene.place().id(), DeploymentStatus.HIBERNATING);
            assertThat(rollback(scene, first, "{}").status()).isEqualTo(409);
            api.behind().runtime().observe(scene.place().id(), DeploymentStatus.HEALTHY);
            assertThat(rollback(scene, first, "{}").status()).isEqualTo(200);
        }
    }

    @Nested
    class Answers403 {
        /// Row 60, R14: pushing code is one right, bringing old code back another.
        @Test
        void toAnAuthorWhoMayPush() throws Exception {
            DeployScene scene = new DeployScene(api);
            String first = live(scene, "one");
            var _ = live(scene, "two");
            String author = api.behind()
                    .workspaceToken("author", Role.WORKSPACE_AUTHOR)
                    .value()
                    .reveal();
            String operator = api.behind()
                    .workspaceToken("operator", Role.WORKSPACE_OPERATOR)
                    .value()
                    .reveal();
            String path = scene.path("/" + first + "/rollback");

            Answer denied = api.post(author, path, "{}");
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.message()).isEqualTo("not permitted: this needs deployment.deploys.update");
            assertThat(api.post(author, scene.path(""), "{\"type\": \"DAG_ONLY\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(api.post(operator, path, "{}").status()).isEqualTo(200);
        }
    }

    private Answer rollback(DeployScene scene, String id, String body) {
        return body.isEmpty()
                ? api.post(scene.token(), scene.path("/" + id + "/rollback"))
                : api.post(scene.token(), scene.path("/" + id + "/rollback"), body);
    }

    private static String live(DeployScene scene, String text) throws InterruptedException {
        String id = scene.deployed(text);
        awaitDeployed(scene, id);
        return id;
    }

    private static void awaitDeployed(DeployScene scene, String id) throws InterruptedException {
        Eventually.holds("is deployed", () -> scene.view(id).member("status").equals("DEPLOYED"));
    }
}
