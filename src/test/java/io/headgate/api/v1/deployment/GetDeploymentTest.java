package io.headgate.api.v1.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `GET …/deployments/{deploymentId}`.
@QuarkusTest
class GetDeploymentTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// The smallest Deployment with which every command of the stock client works (contract-verified §5).
        @Test
        void withEveryMemberThatTheCommandLineReads() {
            Answer answer = api.get(api.deploymentToken(), path(own()));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().fieldNames())
                    .toIterable()
                    .contains(
                            "id",
                            "name",
                            "type",
                            "executor",
                            "status",
                            "organizationId",
                            "workspaceId",
                            "workspaceName",
                            "namespace",
                            "runtimeVersion",
                            "schedulerSize",
                            "isHighAvailability",
                            "isDevelopmentMode",
                            "isDagDeployEnabled",
                            "defaultTaskPodCpu",
                            "defaultTaskPodMemory",
                            "resourceQuotaCpu",
                            "resourceQuotaMemory",
                            "webServerUrl",
                            "webServerAirflowApiUrl",
                            "imageRepository",
                            "environmentVariables",
                            "workerQueues")
                    // with a cluster, inspect asks for it and fails
                    .doesNotContain("clusterId", "clusterName");
            assertThat(answer.json().at("/workerQueues/0/astroMachine").asText())
                    .isEqualTo("A5");
        }

        /// The command line puts `https://` in front and cuts at `?`.
        @Test
        void withAddressesInTheFormThatEachClientExpects() {
            Answer answer = api.get(api.owner(), path(own()));
            String namespace = answer.member("namespace");

            assertThat(answer.member("webServerAirflowApiUrl")).isEqualTo("localhost:8889/" + namespace + "/api/v2");
            assertThat(answer.member("apiUrl")).isEqualTo("http://localhost:8889/" + namespace + "/api/v2");
            assertThat(answer.member("uiUrl")).isEqualTo("http://" + namespace + ".localhost:8889/" + namespace);
            assertThat(answer.member("webServerUrl")).isEqualTo(namespace + ".localhost:8889/" + namespace);
        }
    }

    @Nested
    class Answers404 {
        /// S3, item 32: foreign, deleted, missing and malformed cannot be told apart; the owner finds the foreign one.
        @Test
        void forWhatTheCallerCannotSee() {
            String credential = api.deploymentToken();
            String doomed = api.healthy("doomed").id().value();
            assertThat(api.get(api.owner(), path(doomed)).status())
                    .as("control: while it is there")
                    .isEqualTo(200);
            assertThat(api.delete(api.owner(), path(doomed)).status()).isEqualTo(204);
            Answer deleted = api.get(credential, path(doomed));
            Answer foreign = api.get(credential, path(sibling()));
            Answer missing = api.get(credential, path(TestApi.unknownId()));
            Answer malformed = api.get(credential, path("prod"));

            assertThat(foreign.status()).isEqualTo(404);
            assertThat(foreign.withoutRequestId()).isEqualTo(missing.withoutRequestId());
            assertThat(deleted.withoutRequestId()).isEqualTo(missing.withoutRequestId());
            assertThat(foreign.headers().map().keySet())
                    .isEqualTo(missing.headers().map().keySet())
                    .isEqualTo(deleted.headers().map().keySet());
            assertThat(malformed.withoutRequestId()).isEqualTo(missing.withoutRequestId());
            assertThat(api.get(api.owner(), path(sibling())).status()).isEqualTo(200);
        }
    }

    private String own() {
        return api.behind().own().id().value();
    }

    private String sibling() {
        return api.behind().sibling().id().value();
    }

    private String path(String id) {
        return api.organization("/deployments/" + id);
    }
}
