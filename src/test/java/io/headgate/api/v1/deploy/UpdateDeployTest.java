package io.headgate.api.v1.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `POST …/deploys/{deployId}`.
@QuarkusTest
class UpdateDeployTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// D16: the description and nothing else; absent keeps, empty clears.
        @Test
        void withTheNewDescription() {
            DeployScene scene = new DeployScene(api);
            Answer created = scene.create();
            String path = scene.path("/" + created.member("id"));

            Answer updated = api.post(api.owner(), path, "{\"description\": \"second\", \"status\": \"DEPLOYED\"}");
            assertThat(updated.status()).isEqualTo(200);
            assertThat(updated.member("description")).isEqualTo("second");
            assertThat(updated.member("status")).isEqualTo("INITIALIZED");
            assertThat(updated.json().path("updatedBySubject"))
                    .isNotEqualTo(created.json().path("updatedBySubject"));
            assertThat(api.post(api.owner(), path, "{}").member("description")).isEqualTo("second");
            assertThat(api.post(api.owner(), path, "{\"description\": \"\"}").member("description"))
                    .isEmpty();
            assertThat(api.audited(created.member("id"))).hasSize(3);
        }
    }

    @Nested
    class Answers400 {
        @Test
        void toALongDescription() {
            DeployScene scene = new DeployScene(api);
            Answer answer = api.post(
                    scene.token(),
                    scene.path("/" + scene.create().member("id")),
                    "{\"description\": \"" + "x".repeat(501) + "\"}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).contains("at most 500 characters, given 501");
        }
    }

    @Nested
    class Answers404 {
        @Test
        void toADeployThatDoesNotExist() {
            DeployScene scene = new DeployScene(api);
            assertThat(api.post(scene.token(), scene.path("/" + TestApi.unknownId()), "{}")
                            .status())
                    .isEqualTo(404);
        }
    }
}
