package io.headgate.api.v1.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `GET …/deploys` and `GET …/deploys/{deployId}`.
@QuarkusTest
class ListDeploysTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// H1, D16.
        @Test
        void newestFirstAndPaged() {
            DeployScene scene = new DeployScene(api);
            String first = scene.create().member("id");
            String second = scene.create().member("id");
            String third = scene.create().member("id");

            assertThat(ids(scene, "")).containsExactly(third, second, first);
            assertThat(ids(scene, "?sorts=createdAt:asc")).containsExactly(first, second, third);
            assertThat(ids(scene, "?offset=1&limit=1")).containsExactly(second);
            Answer past = api.get(scene.token(), scene.path("?offset=10"));
            assertThat(past.member("totalCount")).isEqualTo("3");
            assertThat(past.json().path("deploys")).isEmpty();
        }
    }

    @Nested
    class Answers400 {
        @Test
        void namingTheParameter() {
            DeployScene scene = new DeployScene(api);
            assertThat(api.get(scene.token(), scene.path("?limit=1001&colour=red"))
                            .wrongFields())
                    .containsExactlyInAnyOrder("limit", "colour");
        }
    }

    @Nested
    class Answers404 {
        @Test
        void toATokenOfAnotherDeployment() {
            DeployScene scene = new DeployScene(api);
            DeployScene other = new DeployScene(api);
            String id = scene.create().member("id");

            for (String path : List.of("", "/" + id)) {
                assertThat(api.get(other.token(), scene.path(path)).status()).isEqualTo(404);
                assertThat(api.get(scene.token(), scene.path(path)).status()).isEqualTo(200);
            }
            assertThat(api.get(other.token(), other.path("/" + id)).status()).isEqualTo(404);
        }
    }

    private List<String> ids(DeployScene scene, String query) {
        return StreamSupport.stream(
                        api.get(scene.token(), scene.path(query))
                                .json()
                                .path("deploys")
                                .spliterator(),
                        false)
                .map(deploy -> deploy.path("id").asText())
                .toList();
    }
}
