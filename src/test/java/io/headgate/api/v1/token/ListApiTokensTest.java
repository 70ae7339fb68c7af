package io.headgate.api.v1.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `GET …/tokens`.
@QuarkusTest
class ListApiTokensTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// T5, AC3: a Deployment token lists those of its Deployment and nothing else, whatever it asks for.
        @Test
        void withTheTokensThatTheCallerSees() {
            Deployment place = api.behind().deployment(api.unique("listed"));
            IssuedToken mine = api.behind().token(place.id(), "mine", OptionalInt.empty());
            String foreign = id(api.behind().token(api.behind().sibling().id(), "foreign", OptionalInt.empty()));
            String organizations = id(api.behind().organizationToken("organization's"));
            String credential = mine.value().reveal();

            assertThat(ids(list(api.owner(), "?limit=0"))).contains(id(mine), foreign, organizations);
            assertThat(ids(list(credential, "?limit=0"))).containsExactly(id(mine));
            assertThat(ids(list(
                            credential,
                            "?deploymentId=" + api.behind().sibling().id())))
                    .isEmpty();
            assertThat(ids(list(credential, "?includeOnlyOrganizationTokens=true")))
                    .isEmpty();
            assertThat(ids(list(api.owner(), "?limit=0&includeOnlyOrganizationTokens=true")))
                    .contains(organizations)
                    .doesNotContain(foreign, id(mine));
        }

        @Test
        void filteredSortedAndPaged() {
            Deployment place = api.behind().deployment(api.unique("paged"));
            String b = id(api.behind().token(place.id(), "b", OptionalInt.empty()));
            String a = id(api.behind().token(place.id(), "a", OptionalInt.empty()));
            String query = "?deploymentId=" + place.id();

            assertThat(ids(list(api.owner(), query + "&sorts=name:asc"))).containsExactly(a, b);
            assertThat(ids(list(api.owner(), query + "&sorts=name:desc&offset=1&limit=1")))
                    .containsExactly(a);
            assertThat(list(api.owner(), query + "&offset=100&limit=100")
                            .json()
                            .path("totalCount")
                            .asInt())
                    .isEqualTo(2);
            assertThat(ids(list(api.owner(), query + "&kind=STANDARD"))).hasSize(2);
            assertThat(ids(list(api.owner(), query + "&kind=DIRECT_ACCESS"))).isEmpty();
        }

        /// S39: expired tokens stay listed, so that they can be rotated or deleted.
        @Test
        void withExpiredOnes() {
            Deployment place = api.behind().deployment(api.unique("expired"));
            String day = id(api.behind().token(place.id(), "day", OptionalInt.of(1)));
            api.behind().clock().advance(Duration.ofDays(2));

            assertThat(ids(list(api.owner(), "?deploymentId=" + place.id()))).containsExactly(day);
        }
    }

    @Nested
    class Answers400 {
        @Test
        void namingEveryParameterThatIsWrong() {
            Answer answer = list(
                    api.owner(), "?deploymentId=prod&includeOnlyOrganizationTokens=yes&sorts=lastUsedAt:asc&dagId=x");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields())
                    .containsExactlyInAnyOrder("deploymentId", "includeOnlyOrganizationTokens", "sorts", "dagId");
            assertThat(answer.message()).contains("createdAt, description, name, tokenStartAt, updatedAt");
        }
    }

    private Answer list(String credential, String query) {
        return api.get(credential, api.organization("/tokens" + query));
    }

    private static String id(IssuedToken token) {
        return token.token().id().value();
    }

    private static List<String> ids(Answer answer) {
        return StreamSupport.stream(answer.json().path("tokens").spliterator(), false)
                .map(token -> token.path("id").asText())
                .toList();
    }
}
