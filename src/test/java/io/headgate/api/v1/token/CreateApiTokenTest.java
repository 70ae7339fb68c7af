package io.headgate.api.v1.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.token.TokenValue;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `POST …/tokens`.
@QuarkusTest
class CreateApiTokenTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// S9: a Deployment token is not bound to a role that anybody chooses; `""` is what the command line sends when
        /// nobody did.
        @ParameterizedTest
        @ValueSource(strings = {"", ", \"role\": \"\"", ", \"role\": null", ", \"role\": \"DEPLOYMENT_ADMIN\""})
        void withTheFixedRoleWhateverIsSaidAboutIt(String role) {
            Answer answer = create("\"name\": \"ci\"" + role);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/roles/0/role").asText()).isEqualTo("DEPLOYMENT_ADMIN");
            assertThat(answer.json().at("/roles/0/entityType").asText()).isEqualTo("DEPLOYMENT");
            assertThat(answer.json().at("/roles/0/entityId").asText()).isEqualTo(own());
        }

        /// S20, item 18: the value is in this answer and in no other.
        @Test
        void withAValueThatNothingElseEverShows() {
            Answer created = create("\"name\": \"shown once\"");
            String value = created.member("token");

            assertThat(value).matches(TokenValue.EXPRESSION).endsWith(created.member("shortToken"));
            assertThat(api.get(value, "/v1/organizations").status()).isEqualTo(200);
            String id = created.member("id");
            Answer read = api.get(api.owner(), api.organization("/tokens/" + id));
            Answer list = api.get(api.owner(), api.organization("/tokens?limit=0"));
            assertThat(created.text()).contains(value);
            assertThat(read.text() + list.text()).contains(id).doesNotContain(value);
        }

        /// Item 14.
        @Test
        void whichNobodyMayKeep() {
            assertThat(create("\"name\": \"ci\"").header("Cache-Control")).isEqualTo("no-store");
        }

        /// S17.
        @Test
        void withAnEmptyDescriptionIfNoneIsGiven() {
            assertThat(create("\"name\": \"ci\"").member("description")).isEmpty();
            assertThat(create("\"name\": \"ci\", \"description\": \"for\\nci\"").member("description"))
                    .isEqualTo("for\nci");
        }

        /// S18: N days are N × 24 hours; absent is never.
        @Test
        void withTheEndThatWasAskedFor() {
            Answer month = create("\"name\": \"ci\", \"tokenExpiryPeriodInDays\": 30");
            Answer never = create("\"name\": \"ci\"");

            assertThat(Instant.parse(month.member("endAt")))
                    .isEqualTo(Instant.parse(month.member("startAt")).plus(Duration.ofDays(30)));
            assertThat(month.member("expiryPeriodInDays")).isEqualTo("30");
            assertThat(never.json().has("endAt")).isFalse();
            assertThat(never.json().has("expiryPeriodInDays")).isFalse();
            assertThat(create("\"name\": \"ci\", \"tokenExpiryPeriodInDays\": 3650")
                            .status())
                    .isEqualTo(200);
        }

        /// The older clients' name of the scope.
        @Test
        void forTypeInsteadOfScope() {
            Answer answer =
                    post(api.owner(), "{\"name\": \"ci\", \"type\": \"DEPLOYMENT\", \"entityId\": \"" + own() + "\"}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("scope")).isEqualTo("DEPLOYMENT");
            assertThat(answer.member("type")).isEqualTo("DEPLOYMENT");
        }

        @Test
        void withAnOrganizationToken() {
            Answer answer = post(api.owner(), """
                    {"description": "", "name": "ot", "role": "ORGANIZATION_OWNER", "scope": "ORGANIZATION",
                    "tokenExpiryPeriodInDays": 10}""");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/roles/0/entityId").asText())
                    .isEqualTo(api.behind().organizationId().value());
            assertThat(api.get(answer.member("token"), api.organization("/deployments/" + sibling()))
                            .status())
                    .isEqualTo(200);
        }

        /// Also with the right role, which must be named.
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "WORKSPACE_ACCESSOR",
                    "WORKSPACE_MEMBER",
                    "WORKSPACE_AUTHOR",
                    "WORKSPACE_OPERATOR",
                    "WORKSPACE_OWNER"
                })
        void withAWorkspaceToken(String role) {
            String workspace = api.behind().workspace().id().value();
            Answer answer = post(
                    api.owner(),
                    "{\"name\": \"wt\", \"scope\": \"WORKSPACE\", \"entityId\": \"" + workspace + "\", \"role\": \""
                            + role + "\"}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("roles").toString())
                    .isEqualTo("[{\"entityType\":\"WORKSPACE\",\"entityId\":\"" + workspace + "\",\"role\":\"" + role
                            + "\"}]");
            assertThat(answer.member("type")).isEqualTo("WORKSPACE");
            assertThat(api.get(answer.member("token"), api.organization("/workspaces/" + workspace))
                            .status())
                    .isEqualTo(200);
            assertThat(api.get(answer.member("token"), api.organization("/deployments/" + own()))
                            .status())
                    .isEqualTo(role.equals("WORKSPACE_ACCESSOR") ? 404 : 200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ORGANIZATION_MEMBER", "ORGANIZATION_BILLING_ADMIN", "ORGANIZATION_OWNER"})
        void withAnOrganizationTokenOfAnyRole(String role) {
            Answer answer =
                    post(api.owner(), "{\"name\": \"ot\", \"scope\": \"ORGANIZATION\", \"role\": \"" + role + "\"}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/roles/0/role").asText()).isEqualTo(role);
            assertThat(api.get(answer.member("token"), api.organization("/deployments/" + own()))
                            .status())
                    .isEqualTo(role.equals("ORGANIZATION_OWNER") ? 200 : 404);
        }

        /// T9: names need not be unique; lengths count characters.
        @Test
        void twiceForTheSameLongName() {
            String name = "\uD83D\uDE00".repeat(256);

            Answer first = create("\"name\": \"" + name + "\"");
            Answer second = create("\"name\": \"" + name + "\"");
            assertThat(first.member("name")).isEqualTo(name);
            assertThat(first.member("id")).isNotEqualTo(second.member("id"));
            assertThat(create("\"name\": \"" + name + "x\"").message())
                    .isEqualTo("name must be 1–256 characters, given 257");
        }

        /// Clients echo what they were given.
        @Test
        void ignoringOtherMembersOfTheModel() {
            Answer answer =
                    create("\"name\": \"ci\", \"token\": \"mine\", \"shortToken\": \"mine\", \"kind\": \"STANDARD\"");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("token")).isNotEqualTo("mine");
        }

        /// S40.
        @Test
        void andRecordsIt() {
            Answer answer = create("\"name\": \"ci\"");

            assertThat(api.audited(answer.member("id")))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("token.created by ");
        }
    }

    @Nested
    class Answers400 {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                "name": ""                                        | name                    | 1–256 characters, given 0
                "description": "no name"                          | name                    | name is required
                "name": "a\\tb"                                   | name                    | U+0009
                "name": "a\\u2028b"                               | name                    | U+2028
                "name": "a\\u0000b"                               | name                    | U+0000
                "name": "a", "description": "\\u001b[31m"         | description             | U+001B
                "name": "a", "tokenExpiryPeriodInDays": 0         | tokenExpiryPeriodInDays | from 1 to 3650, given 0
                "name": "a", "tokenExpiryPeriodInDays": 4000      | tokenExpiryPeriodInDays | from 1 to 3650, given 4000
                "name": "a", "tokenExpiryPeriodInDays": 30.0      | tokenExpiryPeriodInDays | given 30.0
                "name": "a", "tokenExpiryPeriodInDays": "30"      | tokenExpiryPeriodInDays | given '30'
                "name": "a", "tokenExpiryPeriodInDays": 99999999999 | tokenExpiryPeriodInDays | given 99999999999
                "name": "a", "role": "DEPLOYMENT_ACCESSOR"        | role                    | must be DEPLOYMENT_ADMIN, given
                "name": "a", "kind": "DIRECT_ACCESS"              | kind                    | must be STANDARD
                "name": "a", "type": "ORGANIZATION"               | type                    | the same as scope
                "name": "a", "tokenExpiryPeriodInDay": 3          | tokenExpiryPeriodInDay  | did you mean tokenExpiryPeriodInDays?
                """)
        void namingTheFieldWithGivenAndAllowed(String members, String field, String words) {
            Answer answer = create(members);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly(field);
            assertThat(answer.message()).contains(words);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"name": "a"}                                                    | scope    | scope is required
                {"name": "a", "scope": "TEAM"}                                   | scope    | one of ORGANIZATION, WORKSPACE, DEPLOYMENT
                {"name": "a", "scope": "DEPLOYMENT"}                             | entityId | entityId is required
                {"name": "a", "scope": "DEPLOYMENT", "entityId": "prod"}         | entityId | must be an id
                {"name": "a", "scope": "ORGANIZATION"}                           | role     | role is required
                {"name": "a", "scope": "ORGANIZATION", "role": ""}               | role     | must be one of ORGANIZATION_MEMBER, ORGANIZATION_BILLING_ADMIN, ORGANIZATION_OWNER, given ''
                {"name": "a", "scope": "ORGANIZATION", "role": "WORKSPACE_OWNER"} | role | ORGANIZATION_OWNER, given 'WORKSPACE_OWNER'
                {"name": "a", "scope": "ORGANIZATION", "role": "organization_owner"} | role | given 'organization_owner'
                {"name": "a", "scope": "WORKSPACE", "role": "WORKSPACE_OWNER"}   | entityId | entityId is required
                {"name": "a", "scope": "WORKSPACE", "entityId": "c0000000000000000000000000", "role": "WORKSPACE_OWNER"} | entityId | must be an id
                {"name": "a", "scope": "WORKSPACE", "entityId": "c000000000000000000000000"}  | role | role is required
                {"name": "a", "scope": "WORKSPACE", "entityId": "c000000000000000000000000", "role": ""} | role | must be one of WORKSPACE_ACCESSOR
                {"name": "a", "scope": "WORKSPACE", "entityId": "c000000000000000000000000", "role": "DEPLOYMENT_ADMIN"} | role | must be one of WORKSPACE_ACCESSOR
                """)
        void namingWhatTheScopeNeeds(String body, String field, String words) {
            Answer answer = post(api.owner(), body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly(field);
            assertThat(answer.message()).contains(words);
        }

        /// A token that was pasted into the wrong member is not repeated in the answer (item 11).
        @Test
        void withoutEchoingACredential() {
            String value = api.deploymentToken();

            Answer answer = create("\"name\": \"a\", \"role\": \"" + value + "\", \"kind\": \"visible\"");
            assertThat(answer.message())
                    .contains("given 'visible'", "given '***'")
                    .doesNotContain(value.substring(0, 40));
        }
    }

    @Nested
    class Answers403 {
        /// S36, item 34.
        @Test
        void toADeploymentTokenOnItsOwnDeployment() {
            String body = "{\"name\": \"ci\", \"scope\": \"DEPLOYMENT\", \"entityId\": \"" + own() + "\"}";
            Answer denied = post(api.deploymentToken(), body);

            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.message()).isEqualTo("not permitted: this needs deployment.apiTokens.create");
            assertThat(denied.header("WWW-Authenticate")).isEqualTo("Bearer error=\"insufficient_scope\"");
            assertThat(post(api.owner(), body).status()).isEqualTo(200);
        }

        @Test
        void toADeploymentTokenThatWantsMore() {
            Answer denied = post(
                    api.deploymentToken(),
                    "{\"name\": \"ci\", \"scope\": \"ORGANIZATION\", \"role\": \"ORGANIZATION_OWNER\"}");

            assertThat(denied.status()).isEqualTo(403);
        }
    }

    @Nested
    class Answers404 {
        /// Item 32: a sibling cannot be told from what does not exist.
        @Test
        void forADeploymentThatTheCallerCannotSee() {
            String credential = api.deploymentToken();
            String body = "{\"name\": \"ci\", \"scope\": \"DEPLOYMENT\", \"entityId\": \"%s\"}";
            Answer foreign = post(credential, body.formatted(sibling()));
            Answer missing = post(credential, body.formatted(TestApi.unknownId()));

            assertThat(foreign.status()).isEqualTo(404);
            assertThat(foreign.withoutRequestId()).isEqualTo(missing.withoutRequestId());
            assertThat(post(api.owner(), body.formatted(sibling())).status()).isEqualTo(200);
        }
    }

    @Nested
    class NeverMakesMore {
        /// R7: an Owner of a Workspace makes nothing for the Organization.
        @Test
        void thanTheCallerHas() {
            String workspaceOwner = api.behind()
                    .workspaceToken("caller", Role.WORKSPACE_OWNER)
                    .value()
                    .reveal();
            Answer denied = post(
                    workspaceOwner,
                    "{\"name\": \"a\", \"scope\": \"ORGANIZATION\", \"role\": \"ORGANIZATION_MEMBER\"}");

            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.message()).isEqualTo("not permitted: this needs organization.apiTokens.create");
            assertThat(post(
                                    workspaceOwner,
                                    "{\"name\": \"a\", \"scope\": \"DEPLOYMENT\", \"entityId\": \"" + own() + "\"}")
                            .status())
                    .isEqualTo(200);
        }
    }

    private Answer create(String members) {
        return post(api.owner(), "{\"scope\": \"DEPLOYMENT\", \"entityId\": \"" + own() + "\", " + members + "}");
    }

    private Answer post(String credential, String body) {
        return api.post(credential, api.organization("/tokens"), body);
    }

    private String own() {
        return api.behind().own().id().value();
    }

    private String sibling() {
        return api.behind().sibling().id().value();
    }
}
