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

/// `POST …/tokens/{tokenId}`.
@QuarkusTest
class UpdateApiTokenTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// S22, S23: the old value still works, the end stays, who changed it and when is told.
        @Test
        void withTheNewNameAndNothingElseChanged() {
            IssuedToken token = api.token(OptionalInt.of(30));
            Answer before = get(token);
            api.behind().clock().advance(Duration.ofMinutes(1));

            Answer after = update(token, "{\"name\": \"ci-2\", \"description\": \"new text\"}");

            assertThat(after.status()).isEqualTo(200);
            assertThat(after.member("name")).isEqualTo("ci-2");
            assertThat(after.member("description")).isEqualTo("new text");
            assertThat(after.json().has("token")).isFalse();
            for (String member :
                    new String[] {"id", "startAt", "endAt", "expiryPeriodInDays", "shortToken", "createdAt"}) {
                assertThat(after.member(member)).isEqualTo(before.member(member));
            }
            assertThat(Instant.parse(after.member("updatedAt"))).isAfter(Instant.parse(before.member("updatedAt")));
            assertThat(after.json().at("/updatedBy/apiTokenName").asText()).isEqualTo("owner");
            assertThat(api.get(token.value().reveal(), "/v1/organizations").status())
                    .isEqualTo(200);
            assertThat(api.audited(after.member("id"))).last().asString().startsWith("token.updated by ");
        }

        @Test
        void keepingADescriptionThatIsAbsentAndClearingOneThatIsEmpty() {
            IssuedToken token = api.token(OptionalInt.empty());
            assertThat(update(token, "{\"name\": \"a\", \"description\": \"kept\"}")
                            .member("description"))
                    .isEqualTo("kept");

            assertThat(update(token, "{\"name\": \"b\"}").member("description")).isEqualTo("kept");
            assertThat(update(token, "{\"name\": \"b\", \"description\": \"\"}").member("description"))
                    .isEmpty();
        }

        @Test
        void ignoringOtherMembersOfTheModel() {
            IssuedToken token = api.token(OptionalInt.empty());

            Answer answer = update(token, """
                    {"name": "b", "id": "other", "endAt": "2030-01-01T00:00:00Z", "roles": [], "createdAt": "x"}""");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().has("endAt")).isFalse();
        }

        /// Quirk 2: people type ids in upper case.
        @Test
        void forAnIdInUpperCase() {
            IssuedToken token = api.token(OptionalInt.empty());

            assertThat(api.post(
                                    api.owner(),
                                    path(token.token().id().value().toUpperCase(java.util.Locale.ROOT)),
                                    "{\"name\": \"c\"}")
                            .member("id"))
                    .isEqualTo(token.token().id().value());
        }
    }

    @Nested
    class Answers400 {
        /// S23, T4: somebody who names one of these expects it to change.
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                "tokenExpiryPeriodInDays": 30 | tokenExpiryPeriodInDays | fixed at creation
                "scope": "ORGANIZATION"       | scope                   | cannot be changed
                "type": "DEPLOYMENT"          | type                    | cannot be changed
                "entityId": "c"               | entityId                | cannot be changed
                "role": "DEPLOYMENT_ADMIN"    | role                    | cannot be changed
                "nmae": "x"                   | nmae                    | did you mean name?
                "description": 5              | description             | must be a text
                """)
        void namingTheFieldThatCannotChange(String member, String field, String words) {
            IssuedToken token = api.token(OptionalInt.of(10));
            Answer before = get(token);

            Answer answer = update(token, "{\"name\": \"renamed\", " + member + "}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly(field);
            assertThat(answer.message()).contains(words);
            assertThat(get(token).json()).isEqualTo(before.json());
        }

        /// S16.
        @Test
        void withoutAName() {
            assertThat(update(api.token(OptionalInt.empty()), "{\"description\": \"x\"}")
                            .message())
                    .isEqualTo("name is required");
        }
    }

    @Nested
    class Answers403 {
        /// S36: a token sees itself (item 34) but may not rename itself.
        @Test
        void toADeploymentToken() {
            IssuedToken token = api.token(OptionalInt.empty());

            Answer denied =
                    api.post(token.value().reveal(), path(token.token().id().value()), "{\"name\": \"x\"}");
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.message()).contains("deployment.apiTokens.update");
            assertThat(update(token, "{\"name\": \"x\"}").status()).isEqualTo(200);
        }
    }

    @Nested
    class Answers404 {
        @Test
        void forATokenOfASiblingOrNone() {
            String foreign = api.behind()
                    .token(api.behind().sibling().id(), "foreign", OptionalInt.empty())
                    .token()
                    .id()
                    .value();

            for (String id : new String[] {foreign, TestApi.unknownId(), "ci"}) {
                Answer answer = api.post(api.deploymentToken(), path(id), "{\"name\": \"x\"}");
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.message()).isEqualTo("API token not found");
            }
            assertThat(api.post(api.owner(), path(foreign), "{\"name\": \"x\"}").status())
                    .isEqualTo(200);
        }
    }

    private Answer update(IssuedToken token, String body) {
        return api.post(api.owner(), path(token.token().id().value()), body);
    }

    private Answer get(IssuedToken token) {
        return api.get(api.owner(), path(token.token().id().value()));
    }

    private String path(String id) {
        return api.organization("/tokens/" + id);
    }
}
