package io.headgate.api.v1.organization;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `GET /v1/organizations`: the first request of every command of the stock client.
@QuarkusTest
class ListOrganizationsTest {
    private static final String PATH = "/v1/organizations";

    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        @Test
        void withTheProductThatTheCommandLineCannotDoWithout() {
            Answer answer = api.get(api.owner(), PATH + "?limit=100&offset=0");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).startsWith("application/json");
            assertThat(answer.json().at("/organizations/0/product").asText()).isEqualTo("HOSTED");
            assertThat(answer.json().at("/organizations/0/id").asText())
                    .isEqualTo(api.behind().organizationId().value());
            assertThat(answer.json().path("totalCount").asInt()).isEqualTo(1);
        }

        /// R19: standard tools ask for it with whatever token they have.
        @Test
        void toADeploymentTokenToo() {
            Answer answer = api.get(api.deploymentToken(), PATH);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("organizations")).hasSize(1);
        }

        @Test
        void withAnEmptyPagePastTheEnd() {
            Answer answer = api.get(api.owner(), PATH + "?offset=5&limit=2");

            assertThat(answer.json().path("organizations")).isEmpty();
            assertThat(answer.json().path("totalCount").asInt()).isEqualTo(1);
            assertThat(answer.json().path("offset").asInt()).isEqualTo(5);
            assertThat(answer.json().path("limit").asInt()).isEqualTo(2);
        }

        @Test
        void filteredByProduct() {
            assertThat(api.get(api.owner(), PATH + "?product=HYBRID").json().path("organizations"))
                    .isEmpty();
            assertThat(api.get(api.owner(), PATH + "?product=HOSTED").json().path("organizations"))
                    .hasSize(1);
        }

        /// C4: limit 0 returns everything.
        @Test
        void withEverythingWhenTheLimitIsZero() {
            assertThat(api.get(api.owner(), PATH + "?limit=0").json().path("organizations"))
                    .hasSize(1);
        }
    }

    @Nested
    class Answers400 {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                limit=1001               | limit   | from 0 to 1000, given '1001'
                limit=-1                 | limit   | from 0 to 1000, given '-1'
                limit=ten                | limit   | from 0 to 1000, given 'ten'
                limit=                   | limit   | from 0 to 1000, given ''
                limit=5&limit=6          | limit   | must appear once, given '2 times'
                offset=-1                | offset  | from 0 to
                sorts=colour:asc         | sorts   | createdAt, name, updatedAt, given 'colour:asc'
                sorts=name               | sorts   | FIELD:asc or FIELD:desc
                sorts=name:up            | sorts   | FIELD:asc or FIELD:desc
                product=OTHER            | product | one of HOSTED, HYBRID, given 'OTHER'
                limt=5                   | limt    | unknown query parameter 'limt'; did you mean limit?
                """)
        void namingTheParameterWithGivenAndAllowed(String query, String parameter, String words) {
            Answer wrong = api.get(api.owner(), PATH + "?" + query);
            Answer right = api.get(api.owner(), PATH + "?limit=1000&offset=0&sorts=name:asc&sorts=createdAt:desc");

            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.wrongFields()).contains(parameter);
            assertThat(wrong.message())
                    .startsWith(words.startsWith("unknown") ? "unknown" : parameter)
                    .contains(words);
            assertThat(right.status()).isEqualTo(200);
        }

        @Test
        void tellingAllThatIsWrongAtOnce() {
            Answer answer = api.get(api.owner(), PATH + "?limit=x&sorts=a:b&wurst=1");

            assertThat(answer.wrongFields()).containsExactly("limit", "sorts", "wurst");
        }
    }
}
