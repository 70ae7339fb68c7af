package io.headgate.api.v1.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `POST …/tokens/{tokenId}/rotate`.
@QuarkusTest
class RotateApiTokenTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// S28–S31: same token, new value; the new one works at once, the old one no longer.
        @Test
        void withANewValueThatWorksInsteadOfTheOldOne() {
            IssuedToken token = api.token(OptionalInt.empty());
            String before = token.value().reveal();
            Answer described = get(token);
            assertThat(api.get(before, "/v1/organizations").status()).isEqualTo(200);

            Answer rotated = rotate(token);

            assertThat(rotated.status()).isEqualTo(200);
            for (String member : new String[] {"id", "name", "description", "scope", "createdAt"}) {
                assertThat(rotated.member(member)).isEqualTo(described.member(member));
            }
            assertThat(rotated.json().path("roles")).isEqualTo(described.json().path("roles"));
            String after = rotated.member("token");
            assertThat(after).isNotEqualTo(before).endsWith(rotated.member("shortToken"));
            assertThat(rotated.member("shortToken")).isNotEqualTo(described.member("shortToken"));
            assertThat(api.get(after, "/v1/organizations").status()).isEqualTo(200);
            assertThat(api.get(before, "/v1/organizations").status()).isEqualTo(401);
            assertThat(api.audited(rotated.member("id"))).last().asString().startsWith("token.rotated by ");
        }

        /// S33, item 18, item 14.
        @Test
        void withAValueThatNothingElseEverShows() {
            IssuedToken token = api.token(OptionalInt.empty());
            Answer rotated = rotate(token);

            assertThat(rotated.header("Cache-Control")).isEqualTo("no-store");
            assertThat(rotated.text()).contains(rotated.member("token"));
            assertThat(get(token).text()).doesNotContain(rotated.member("token"));
        }

        /// S35: the period starts again; a token without one stays without.
        @Test
        void withAPeriodThatStartsAgain() {
            IssuedToken month = api.token(OptionalInt.of(30));
            IssuedToken never = api.token(OptionalInt.empty());
            api.behind().clock().advance(Duration.ofDays(20));
            Instant now = api.behind().clock().instant();

            Answer rotated = rotate(month);

            assertThat(Instant.parse(rotated.member("startAt"))).isEqualTo(now);
            assertThat(Instant.parse(rotated.member("lastRotatedAt"))).isEqualTo(now);
            assertThat(Instant.parse(rotated.member("endAt"))).isEqualTo(now.plus(Duration.ofDays(30)));
            assertThat(rotate(never).json().has("endAt")).isFalse();
        }

        /// S39: an expired token is revived by rotation.
        @Test
        void forAnExpiredToken() {
            IssuedToken day = api.token(OptionalInt.of(1));
            api.behind().clock().advance(Duration.ofDays(1));
            assertThat(api.get(day.value().reveal(), "/v1/organizations").status())
                    .isEqualTo(401);

            assertThat(api.get(rotate(day).member("token"), "/v1/organizations").status())
                    .isEqualTo(200);
        }

        @Test
        void forAnEmptyObjectToo() {
            assertThat(api.post(api.owner(), path(api.token(OptionalInt.empty())), "{}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Answers400 {
        /// Rotation does not change the period; who asks for that must hear it, and the old value goes on working.
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"tokenExpiryPeriodInDays": 30} | tokenExpiryPeriodInDays
                {"grace": 1}                    | grace
                """)
        void forWishesThatItDoesNotGrant(String body, String field) {
            IssuedToken token = api.token(OptionalInt.empty());

            Answer answer = api.post(api.owner(), path(token), body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly(field);
            assertThat(api.get(token.value().reveal(), "/v1/organizations").status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Answers403 {
        /// S36, item 34: not even itself.
        @Test
        void toADeploymentToken() {
            IssuedToken token = api.token(OptionalInt.empty());
            Answer denied = api.post(token.value().reveal(), path(token));

            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.message()).contains("deployment.apiTokens.rotate");
            assertThat(rotate(token).status()).isEqualTo(200);
        }
    }

    @Nested
    class Answers404 {
        @Test
        void forATokenThatDoesNotExist() {
            assertThat(api.post(api.owner(), api.organization("/tokens/" + TestApi.unknownId() + "/rotate"))
                            .status())
                    .isEqualTo(404);
        }
    }

    private Answer rotate(IssuedToken token) {
        return api.post(api.owner(), path(token));
    }

    private Answer get(IssuedToken token) {
        return api.get(api.owner(), api.organization("/tokens/" + token.token().id()));
    }

    private String path(IssuedToken token) {
        return api.organization("/tokens/" + token.token().id() + "/rotate");
    }
}
