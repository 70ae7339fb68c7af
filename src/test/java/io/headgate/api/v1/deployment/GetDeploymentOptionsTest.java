package io.headgate.api.v1.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `GET …/deployment-options`.
@QuarkusTest
class GetDeploymentOptionsTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// R19; the command line sends filters without a value, too.
        @Test
        void toADeploymentTokenWithWhatTheCommandLineReads() {
            Answer answer = options(api.deploymentToken(), "?deploymentType=STANDARD&cloudProvider=");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/runtimeReleases/0/version").asText()).isEqualTo("3.3-1");
            assertThat(answer.json().at("/workerMachines/0/name").asText()).isEqualTo("A5");
            assertThat(answer.json().at("/workerMachines/0/concurrency/ceiling").asInt())
                    .isPositive();
            assertThat(answer.json().at("/workerQueues/minWorkers/ceiling").asInt())
                    .isPositive();
            assertThat(answer.json().at("/workerQueues/maxWorkers/ceiling").asInt())
                    .isPositive();
            assertThat(answer.json()
                            .at("/resourceQuotas/defaultPodSize/cpu/default")
                            .asText())
                    .isEqualTo("0.25");
        }

        @Test
        void forADeploymentThatTheCallerMayRead() {
            assertThat(options(
                                    api.deploymentToken(),
                                    "?deploymentId=" + api.behind().own().id())
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Answers400 {
        @Test
        void forAFilterThatNamesNothingKnown() {
            Answer answer = options(api.owner(), "?executor=LOCAL&cloudProvider=IBM");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly("executor", "cloudProvider");
            assertThat(answer.message()).contains("ASTRO, CELERY, KUBERNETES, given 'LOCAL'");
        }
    }

    @Nested
    class Answers404 {
        @Test
        void forASiblingAsForOneThatDoesNotExist() {
            String credential = api.deploymentToken();

            for (String id : new String[] {api.behind().sibling().id().value(), TestApi.unknownId()}) {
                Answer answer = options(credential, "?deploymentId=" + id);
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.message()).isEqualTo("Deployment not found");
            }
        }
    }

    private Answer options(String credential, String query) {
        return api.get(credential, api.organization("/deployment-options" + query));
    }
}
