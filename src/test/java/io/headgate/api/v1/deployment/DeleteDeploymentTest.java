package io.headgate.api.v1.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `DELETE …/deployments/{deploymentId}`.
@QuarkusTest
class DeleteDeploymentTest {
    @Inject
    TestApi api;

    @Nested
    class Answers204 {
        /// S38, P12, item 26.
        @Test
        void andItsTokensStopWorkingOnTheNextRequest() {
            Deployment doomed = api.behind().deployment(api.unique("doomed"));
            IssuedToken token = api.behind().token(doomed.id(), "ends", OptionalInt.empty());
            String credential = token.value().reveal();
            assertThat(api.get(credential, "/v1/organizations").status()).isEqualTo(200);

            Answer answer = api.delete(api.owner(), path(doomed.id().value()));

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.text()).isEmpty();
            assertThat(api.get(credential, "/v1/organizations").status()).isEqualTo(401);
            assertThat(api.get(api.owner(), path(doomed.id().value())).status()).isEqualTo(404);
            assertThat(api.get(
                                    api.owner(),
                                    api.organization("/tokens/" + token.token().id()))
                            .status())
                    .isEqualTo(404);
            assertThat(api.audited(doomed.id().value())).last().asString().startsWith("deployment.deleted by ");
        }

        /// Z6: a Deployment token may delete its own Deployment.
        @Test
        void toItsOwnToken() {
            Deployment doomed = api.behind().deployment(api.unique("by itself"));
            String credential = api.behind()
                    .token(doomed.id(), "ends", OptionalInt.empty())
                    .value()
                    .reveal();

            assertThat(api.delete(credential, path(doomed.id().value())).status())
                    .isEqualTo(204);
        }
    }

    @Nested
    class Answers404 {
        /// C2: deleting again is a 404.
        @Test
        void theSecondTime() {
            String id = api.behind().deployment(api.unique("twice")).id().value();

            assertThat(api.delete(api.owner(), path(id)).status()).isEqualTo(204);
            assertThat(api.delete(api.owner(), path(id)).status()).isEqualTo(404);
        }

        /// S3.
        @Test
        void forASiblingWhichStays() {
            String sibling = api.behind().sibling().id().value();

            assertThat(api.delete(api.deploymentToken(), path(sibling)).status())
                    .isEqualTo(404);
            assertThat(api.get(api.owner(), path(sibling)).status()).isEqualTo(200);
        }
    }

    private String path(String id) {
        return api.organization("/deployments/" + id);
    }
}
