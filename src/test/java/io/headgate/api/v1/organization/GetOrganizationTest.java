package io.headgate.api.v1.organization;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `GET /v1/organizations/{organizationId}`.
@QuarkusTest
class GetOrganizationTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        @Test
        void withTheOrganization() {
            Answer answer = api.get(api.owner(), api.organization("?isLookUpOnly=false"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("name")).isEqualTo("Acme");
            assertThat(answer.json().at("/createdBy/username").asText()).isEqualTo("ada@example.com");
        }

        @Test
        void toADeploymentTokenToo() {
            assertThat(api.get(api.deploymentToken(), api.organization("")).status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Answers404 {
        /// A malformed id is the same as a missing one.
        @ParameterizedTest
        @ValueSource(strings = {"c000000000000000000000000", "acme", "C000000000000000000000000", "..%2f"})
        void forAnIdThatNamesNothing(String id) {
            Answer answer = api.get(api.owner(), "/v1/organizations/" + id);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.message()).isEqualTo("Organization not found");
        }
    }
}
