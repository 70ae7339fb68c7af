package io.headgate.api.v1.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `GET …/tokens/{tokenId}`.
@QuarkusTest
class GetApiTokenTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// T1, T20: what the command line prints.
        @Test
        void withEverythingButItsValue() {
            IssuedToken token = api.token(OptionalInt.of(7));
            Answer answer = get(api.owner(), token.token().id().value().toUpperCase(Locale.ROOT));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("scope")).isEqualTo("DEPLOYMENT");
            assertThat(answer.member("kind")).isEqualTo("STANDARD");
            assertThat(answer.json().at("/createdBy/fullName").asText()).isNotEmpty();
            assertThat(answer.json().has("token")).isFalse();
            assertThat(answer.text()).doesNotContain(token.value().reveal());
            assertThat(answer.json().has("lastUsedAt")).isFalse();
            assertThat(answer.json().has("lastRotatedAt")).isFalse();
        }

        /// T14: to the minute, without waiting for anything to be written.
        @Test
        void withItsLastUse() {
            IssuedToken token = api.token(OptionalInt.empty());
            api.get(token.value().reveal(), "/v1/organizations");

            assertThat(Instant.parse(
                            get(api.owner(), token.token().id().value()).member("lastUsedAt")))
                    .isEqualTo(api.behind().clock().instant().truncatedTo(ChronoUnit.MINUTES));
        }

        /// Item 34 as ruled: a token may read the metadata of its own Deployment's tokens.
        @Test
        void toATokenOfTheSameDeployment() {
            IssuedToken other = api.token(OptionalInt.empty());

            assertThat(get(api.deploymentToken(), other.token().id().value()).status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Answers404 {
        @Test
        void forTokensThatTheCallerCannotSee() {
            String foreign = api.behind()
                    .token(api.behind().sibling().id(), "foreign", OptionalInt.empty())
                    .token()
                    .id()
                    .value();
            String organizations = api.behind()
                    .organizationToken("organization's")
                    .token()
                    .id()
                    .value();

            for (String id : new String[] {foreign, organizations, TestApi.unknownId(), "nonsense"}) {
                Answer answer = get(api.deploymentToken(), id);
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.message()).isEqualTo("API token not found");
            }
            assertThat(get(api.owner(), foreign).status()).isEqualTo(200);
            assertThat(get(api.owner(), organizations).status()).isEqualTo(200);
        }
    }

    private Answer get(String credential, String id) {
        return api.get(credential, api.organization("/tokens/" + id));
    }
}
