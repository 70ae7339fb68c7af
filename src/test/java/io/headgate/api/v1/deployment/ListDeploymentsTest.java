package io.headgate.api.v1.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `GET …/deployments`.
@QuarkusTest
class ListDeploymentsTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// R19, AC3: a Deployment token lists exactly its own, whatever it asks for.
        @Test
        void withTheDeploymentsThatTheCallerMayRead() {
            String credential = api.deploymentToken();

            assertThat(ids(list(api.owner(), "?limit=0"))).contains(own(), sibling());
            assertThat(ids(list(credential, "?limit=0"))).containsExactly(own());
            assertThat(ids(list(credential, "?deploymentIds=" + sibling()))).isEmpty();
            assertThat(ids(list(api.owner(), "?deploymentIds=" + sibling()))).containsExactly(sibling());
        }

        @Test
        void filteredByNameAndWorkspace() {
            String workspace = api.behind().workspace().id().value();

            assertThat(ids(list(api.owner(), "?names=prod&names=staging&sorts=name:asc&workspaceIds=" + workspace)))
                    .containsExactly(own(), sibling());
            assertThat(ids(list(api.owner(), "?names=prod&workspaceIds=" + TestApi.unknownId())))
                    .isEmpty();
        }

        @Test
        void sortedAndPaged() {
            String query = "?names=prod&names=staging&sorts=name:desc&limit=1";

            assertThat(ids(list(api.owner(), query))).containsExactly(sibling());
            assertThat(ids(list(api.owner(), query + "&offset=1"))).containsExactly(own());
            assertThat(list(api.owner(), query + "&offset=9")
                            .json()
                            .path("totalCount")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    @Nested
    class Answers400 {
        @Test
        void forAnUnknownSortFieldNamingTheKnownOnes() {
            Answer answer = list(api.owner(), "?sorts=status:asc");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).contains("createdAt, name, updatedAt");
        }
    }

    private Answer list(String credential, String query) {
        return api.get(credential, api.organization("/deployments" + query));
    }

    private String own() {
        return api.behind().own().id().value();
    }

    private String sibling() {
        return api.behind().sibling().id().value();
    }

    private static List<String> ids(Answer answer) {
        return StreamSupport.stream(answer.json().path("deployments").spliterator(), false)
                .map(deployment -> deployment.path("id").asText())
                .toList();
    }
}
