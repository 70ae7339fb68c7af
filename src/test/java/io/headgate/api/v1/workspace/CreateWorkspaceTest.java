package io.headgate.api.v1.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `POST …/workspaces`.
@QuarkusTest
class CreateWorkspaceTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        @Test
        void withTheWorkspaceAndRecordsWhoMadeIt() {
            String name = api.unique("Science");
            Answer answer = create("""
                    {"name": "%s", "description": "two\\nlines", "cicdEnforcedDefault": true}""".formatted(name));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("name")).isEqualTo(name);
            assertThat(answer.member("description")).isEqualTo("two\nlines");
            assertThat(answer.member("cicdEnforcedDefault")).isEqualTo("true");
            assertThat(answer.json().at("/createdBy/apiTokenName").asText()).isEqualTo("owner");
            assertThat(api.audited(answer.member("id")))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("workspace.created by ");
        }

        @Test
        void withDefaultsForWhatIsLeftOutOrNull() {
            Answer answer = create("""
                    {"name": "%s", "description": null}""".formatted(api.unique("Plain")));

            assertThat(answer.member("description")).isEmpty();
            assertThat(answer.member("cicdEnforcedDefault")).isEqualTo("false");
        }

        /// Clients echo what they were given.
        @Test
        void ignoringOtherMembersOfTheModel() {
            Answer answer = create("""
                    {"name": "%s", "id": "mine", "defaultRegion": "us-east-1"}""".formatted(api.unique("Echo")));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("id")).isNotEqualTo("mine");
        }
    }

    @Nested
    class Answers400 {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {}                                                   | name                | name is required
                {"name": ""}                                         | name                | name must be 1–50 characters, given 0
                {"name": "   "}                                      | name                | given only spaces
                {"name": 7}                                          | name                | name must be a text
                {"name": "a\\nb"}                                    | name                | U+000A
                {"name": "a\\u202eb"}                                | name                | U+202E
                {"name": "a", "cicdEnforcedDefault": "true"}         | cicdEnforcedDefault | must be true or false, given 'true'
                {"name": "a", "description": "\\u0007"}              | description         | U+0007
                {"name": "a", "descriptoin": "b"}                    | descriptoin         | did you mean description?
                """)
        void namingTheFieldWithGivenAndAllowed(String body, String field, String words) {
            Answer answer = create(body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly(field);
            assertThat(answer.message()).contains(words);
        }

        /// Lengths count characters, not UTF-16 units.
        @Test
        void forANameOfMoreThanFiftyCharacters() {
            String longest = "\uD83D\uDE00".repeat(24)
                    + api.behind().controlPlane().ids().auditEvent() + "x";

            assertThat(create("{\"name\":\"" + longest + "\"}").status()).isEqualTo(200);
            assertThat(create("{\"name\":\"" + longest + "y\"}").message())
                    .isEqualTo("name must be 1–50 characters, given 51");
        }
    }

    @Nested
    class Answers403 {
        /// R18, S13.
        @Test
        void toADeploymentTokenNamingTheMissingRight() {
            String body = "{\"name\":\"%s\"}".formatted(api.unique("Denied"));
            Answer denied = api.post(api.deploymentToken(), api.organization("/workspaces"), body);

            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.message()).isEqualTo("not permitted: this needs organization.workspaces.create");
            assertThat(denied.header("WWW-Authenticate")).isEqualTo("Bearer error=\"insufficient_scope\"");
            assertThat(create(body).status()).isEqualTo(200);
        }
    }

    @Nested
    class Answers409 {
        @Test
        void forANameThatIsTaken() {
            String body = "{\"name\":\"%s\"}".formatted(api.unique("Twice"));

            assertThat(create(body).status()).isEqualTo(200);
            Answer second = create(body);
            assertThat(second.status()).isEqualTo(409);
            assertThat(second.message()).startsWith("name '").contains("is taken");
        }
    }

    private Answer create(String body) {
        return api.post(api.owner(), api.organization("/workspaces"), body);
    }
}
