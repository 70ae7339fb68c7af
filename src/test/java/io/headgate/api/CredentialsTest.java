package io.headgate.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets in: exactly one good Bearer token in exactly one header; everybody else learns as little as possible.
@QuarkusTest
class CredentialsTest {
    @Inject
    TestApi api;

    @Nested
    class Answers401 {
        /// Before the path is matched: the stock client asks for `/v1/organizations//…` when its token was refused.
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/v1/organizations",
                    "/v1/organizations//deployments",
                    "/v1/nothing/here",
                    "/v1",
                    "/v1/",
                    "/iam/v1beta1/organizations",
                    "/platform/v1beta1/organizations",
                    "/private/v1alpha1/x",
                    "//v1/organizations",
                    "/%76%31/organizations",
                    "/assets/../v1/organizations"
                })
        void onEveryPathOfTheApi(String path) {
            assertThat(api.get("refused", path).status()).isEqualTo(401);
            assertThat(api.send(api.request(path)).status()).isEqualTo(401);
            assertThat(api.get(api.owner(), path).status()).isIn(200, 404);
        }

        /// Item 15.
        @Test
        void withAChallengeThatSaysWhetherACredentialWasSent() {
            assertThat(api.send(api.request("/v1/organizations")).header("WWW-Authenticate"))
                    .isEqualTo("Bearer");
            assertThat(api.get("refused", "/v1/organizations").header("WWW-Authenticate"))
                    .isEqualTo("Bearer error=\"invalid_token\"");
        }

        /// T19: strangers cannot tell an unknown value from a retired one.
        @Test
        void inTheSameWordsForUnknownRotatedAndDeletedTokens() {
            IssuedToken rotated = api.token(OptionalInt.empty());
            IssuedToken deleted = api.token(OptionalInt.empty());
            String live = api.deploymentToken();
            api.post(api.owner(), api.organization("/tokens/" + rotated.token().id() + "/rotate"));
            api.delete(
                    api.owner(), api.organization("/tokens/" + deleted.token().id()));

            String words = api.get("nonsense", "/v1/organizations").message();
            for (String value : new String[] {
                rotated.value().reveal(),
                deleted.value().reveal(),
                live.substring(0, live.length() - 1),
                live + "x",
                "x".repeat(3000)
            }) {
                Answer answer = api.get(value, "/v1/organizations");
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.message()).isEqualTo(words);
            }
            assertThat(api.get(live, "/v1/organizations").status()).isEqualTo(200);
        }

        /// S18, S39, items 19, 40: to the second, and only whoever holds the right value is told.
        @Test
        void fromTheVeryInstantAtWhichATokenEnds() {
            IssuedToken day = api.token(OptionalInt.of(1));
            String value = day.value().reveal();
            Instant end = day.token().validity().endAt().orElseThrow();

            api.behind().clock().moveTo(end.minusSeconds(1));
            assertThat(api.get(value, "/v1/organizations").status()).isEqualTo(200);
            api.behind().clock().moveTo(end);
            Answer expired = api.get(value, "/v1/organizations");
            api.behind().clock().advance(Duration.ofSeconds(1));

            assertThat(expired.status()).isEqualTo(401);
            assertThat(expired.message()).startsWith("API token expired on " + end);
            assertThat(expired.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
            assertThat(api.get(value, "/v1/organizations").status()).isEqualTo(401);
            assertThat(api.get(value + "x", "/v1/organizations").message()).doesNotContain("expired");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Bearer", "Bearer ", "Token x", "bearer"})
        void forAnotherSchemeOrNoToken(String authorization) {
            assertThat(api.send(api.request("/v1/organizations").header("Authorization", authorization))
                            .status())
                    .isEqualTo(401);
            assertThat(api.send(api.request("/v1/organizations").header("Authorization", "bearer " + api.owner()))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Answers400 {
        /// Item 16.
        @Test
        void forTwoCredentials() {
            String value = api.owner();

            Answer twoHeaders = api.send(api.request("/v1/organizations")
                    .header("Authorization", "Bearer " + value)
                    .header("Authorization", "Bearer " + value));
            Answer oneList = api.send(
                    api.request("/v1/organizations").header("Authorization", "Bearer " + value + ", Bearer " + value));
            assertThat(twoHeaders.status()).isEqualTo(400);
            assertThat(oneList.status()).isEqualTo(400);
            assertThat(api.get(value, "/v1/organizations").status()).isEqualTo(200);
        }

        /// Item 12: a token in a URL is in every log on its way, so it is refused also where it would be of no use.
        @Test
        void forATokenInTheQueryOnApiAndPages() {
            String value = api.deploymentToken();

            for (String path : new String[] {
                "/v1/organizations?access_token=" + value,
                "/v1/organizations?Access_Token=x",
                "/v1/organizations?q=see-" + value,
                "/v1/organizations?" + value + "=1",
                "/?token=" + value,
                "/spec/v1.0?access_token=" + value
            }) {
                Answer answer = api.get(value, path);
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.message()).contains("rotate it").doesNotContain(value);
                assertThat(api.send(api.request(path)).status()).isEqualTo(400);
            }
            assertThat(api.send(api.request("/spec/v1.0?token=harmless")).status())
                    .isEqualTo(200);
        }

        /// Item 12, RFC 6750 §2.2: with and without a header beside it.
        @Test
        void forATokenInAForm() {
            HttpRequest.BodyPublisher form = HttpRequest.BodyPublishers.ofString("access_token=" + api.owner());
            HttpRequest.BodyPublisher harmless = HttpRequest.BodyPublishers.ofString("name=x");
            String type = "application/x-www-form-urlencoded";

            Answer alone = api.send(api.request(api.organization("/tokens"))
                    .header("Content-Type", type)
                    .POST(form));
            Answer both = api.send(api.request(api.organization("/tokens"))
                    .header("Authorization", "Bearer " + api.owner())
                    .header("Content-Type", type)
                    .POST(form));
            Answer other = api.send(api.request(api.organization("/tokens"))
                    .header("Authorization", "Bearer " + api.owner())
                    .header("Content-Type", type)
                    .POST(harmless));
            assertThat(alone.status()).isEqualTo(400);
            assertThat(both.status()).isEqualTo(400);
            assertThat(both.message()).contains("form body");
            assertThat(other.status()).isEqualTo(415);
        }
    }

    @Nested
    class Records {
        /// Item 17: what the trusted proxy says about its peer counts, what came before it does not.
        @Test
        void theAddressThatTheTrustedProxySaw() {
            Answer answer = api.send(create("through a proxy").header("X-Forwarded-For", "6.6.6.6, 203.0.113.9"));

            assertThat(api.auditedOrigin(answer.member("id"))).startsWith("203.0.113.9 ");
            assertThat(api.auditedOrigin(api.send(create("direct")).member("id")))
                    .startsWith("127.0.0.1 ");
        }

        @Test
        void aUserAgentThatIsShortAndOnOneLine() {
            Answer answer = api.send(create("agent").header("User-Agent", "a\tb" + "x".repeat(300)));

            assertThat(api.auditedOrigin(answer.member("id"))).isEqualTo("127.0.0.1 ab" + "x".repeat(254));
        }

        private HttpRequest.Builder create(String name) {
            return api.request(api.organization("/tokens"))
                    .header("Authorization", "Bearer " + api.owner())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + name
                            + "\", \"scope\": \"ORGANIZATION\", \"role\": \"ORGANIZATION_OWNER\"}"));
        }
    }
}
