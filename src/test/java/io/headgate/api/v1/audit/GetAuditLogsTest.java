package io.headgate.api.v1.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `GET /v1/organizations/{organizationId}/audit-logs`.
@QuarkusTest
class GetAuditLogsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        @Test
        void withOneJsonObjectALineThatSaysWhoDidWhatFromWhere() {
            Answer made = api.send(api.request(api.organization("/workspaces"))
                    .header("Authorization", "Bearer " + api.owner())
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "astro-cli/1.45.0")
                    .header("X-Astro-Client-Identifier", "github-action")
                    .header("X-Astro-Client-Version", "1.45.0")
                    .header("X-Client-Os-Identifier", "linux-amd64")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + api.unique("audited") + "\"}")));
            Answer answer = read(api.owner(), "");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
            assertThat(answer.header("Content-Disposition"))
                    .matches("attachment; filename=\"Acme-logs-7-days-\\d{4}-\\d\\d-\\d\\d\\.ndjson\"");
            JsonNode event = lines(answer).stream()
                    .filter(line -> line.path("requestId").asText().equals(made.header("X-Request-Id")))
                    .findFirst()
                    .orElseThrow();
            assertThat(event.path("action").asText()).isEqualTo("workspace.created");
            assertThat(event.path("outcome").asText()).isEqualTo("SUCCESS");
            assertThat(event.path("subjectType").asText()).isEqualTo("SERVICEKEY");
            assertThat(event.path("organizationId").asText())
                    .isEqualTo(api.behind().organizationId().value());
            assertThat(event.path("entityId").asText()).isEqualTo(made.member("id"));
            assertThat(event.path("sourceIp").asText()).isEqualTo("127.0.0.1");
            assertThat(event.path("userAgent").asText()).isEqualTo("astro-cli/1.45.0");
            assertThat(event.path("astroClient").asText()).isEqualTo("github-action");
            assertThat(event.path("astroClientVersion").asText()).isEqualTo("1.45.0");
            assertThat(event.path("clientSystem").asText()).isEqualTo("linux-amd64");
            assertThat(event.path("method").asText()).isEqualTo("POST");
            assertThat(event.path("path").asText()).endsWith("/workspaces");
            assertThat(event.path("requestBody").path("name").asText()).isEqualTo(made.member("name"));
        }

        @Test
        void inOrderOfTimeAlsoAcrossPagesOfTheDatabase() {
            api.behind()
                    .controlPlane()
                    .transactions()
                    .useTransaction(
                            tx -> tx.handle()
                                    .execute(
                                            "INSERT INTO audit_event (id, at, organization_id, subject, action, entity_type, entity_id,"
                                                    + " outcome, request_id, address, user_agent) SELECT 'cpage' || lpad(n::text, 20, '0'),"
                                                    + " '2025-12-30T00:00:00Z'::timestamptz + (n / 7) * interval '1 second', '"
                                                    + api.behind().organizationId()
                                                    + "', '{\"id\": \"x\", \"kind\": \"USER\", \"name\": \"\", \"username\": \"\"}', 'planted',"
                                                    + " 'TEST', 'x', 'SUCCESS', 'r', 'a', 'u' FROM generate_series(1, 1234) n"));
            List<JsonNode> lines =
                    lines(read(api.owner(), "?startDate=2025-12-30T00:00:00.123456789Z&endDate=2025-12-31T00:00:00Z"));

            // the first six are before the start
            assertThat(lines).hasSize(1228);
            assertThat(lines)
                    .extracting(line -> line.path("id").asText())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }

        @Test
        void onlyWithWhatWasAskedFor() {
            Deployment deployment = api.healthy("filtered");
            IssuedToken token = api.behind().token(deployment.id(), "asked", OptionalInt.empty());
            api.post(token.value().reveal(), api.organization("/deployments/" + deployment.id() + "/deploys"), """
                    {"type": "DAG_ONLY"}""");

            List<JsonNode> ofToken =
                    lines(read(api.owner(), "?subjectId=" + token.token().id()));
            assertThat(ofToken)
                    .singleElement()
                    .satisfies(line -> assertThat(line.path("action").asText()).isEqualTo("deploy.created"));
            assertThat(actions("?deploymentId=" + deployment.id()))
                    .containsExactlyInAnyOrder("deployment.created", "token.created", "deploy.created");
            String other = api.post(
                            api.owner(), api.organization("/workspaces"), "{\"name\": \"" + api.unique("other") + "\"}")
                    .member("id");
            assertThat(actions("?workspaceId=" + other)).containsExactly("workspace.created");
            assertThat(actions("?workspaceId=" + api.behind().workspace().id())).contains("deploy.created");
        }

        /// Item 51: whoever takes the log leaves a line in it.
        @Test
        void andRecordsThatItWasRead() {
            Answer first = read(api.owner(), "");
            assertThat(lines(read(api.owner(), ""))).anySatisfy(line -> {
                assertThat(line.path("action").asText()).isEqualTo("auditLog.exported");
                assertThat(line.path("requestId").asText()).isEqualTo(first.header("X-Request-Id"));
            });
        }

        /// U6, and untrusted texts are no way around it.
        @Test
        void withoutSecretsAndWithoutWhatCannotBeShown() {
            Deployment deployment = api.healthy("secretive");
            String secret = "s3cr3t-" + api.unique("value");
            IssuedToken token = api.behind().token(deployment.id(), "asked", OptionalInt.empty());
            Answer changed =
                    api.send(api.request(api.organization("/deployments/" + deployment.id() + "/deployment-file"))
                            .header("Authorization", "Bearer " + token.value().reveal())
                            .header("Content-Type", "application/json")
                            .header("User-Agent", token.value().reveal())
                            .header("X-Astro-Client-Identifier", "x".repeat(500))
                            .POST(HttpRequest.BodyPublishers.ofString("""
                            {"deployment": {"configuration": {"name": "%s", "executor": "CELERY"},
                             "environment_variables": [{"key": "PASSWORD", "value": "%s", "is_secret": true}]}}""".formatted(deployment.name(), secret))));
            assertThat(changed.status()).as(changed.text()).isEqualTo(200);

            Answer answer = read(api.owner(), "?deploymentId=" + deployment.id());
            assertThat(answer.text())
                    .doesNotContain(secret)
                    .doesNotContain(token.value().reveal());
            // control: the change is there, by the variable's name
            JsonNode update = lines(answer).getLast();
            assertThat(update.path("requestBody").path("environmentVariables").toString())
                    .isEqualTo("[{\"key\":\"PASSWORD\",\"isSecret\":true}]");
            assertThat(update.path("userAgent").asText()).isEqualTo("***");
            assertThat(update.path("astroClient").asText()).hasSize(64);
        }

        /// U8: what was refused is there when its minute is over; a path that leads nowhere is not a refusal.
        @Test
        void withRefusedUsesOfKnownTokens() {
            IssuedToken token = api.token(OptionalInt.of(1));
            String value = token.value().reveal();
            for (String path :
                    List.of("/audit-logs", "/audit-logs", "/tokens/" + TestApi.unknownId(), "/no-such", "")) {
                api.get(value, api.organization(path));
            }
            var refusals = api.behind().controlPlane().refusalLog();
            refusals.flush();
            api.behind().clock().advance(Duration.ofMinutes(1));
            refusals.flush();

            List<JsonNode> lines =
                    lines(read(api.owner(), "?subjectId=" + token.token().id()));
            assertThat(lines).allSatisfy(line -> {
                assertThat(line.path("action").asText()).isEqualTo("token.refused");
                assertThat(line.path("outcome").asText()).isEqualTo("DENIED");
                assertThat(line.path("requestBody").path("edge").asText()).isEqualTo("API");
            });
            assertThat(lines)
                    .extracting(line -> line.path("requestBody"))
                    .extracting(body -> body.path("reason").asText() + " " + body.path("uses"))
                    .containsExactlyInAnyOrder("NOT_PERMITTED 2", "NOT_VISIBLE 1");
        }
    }

    @Nested
    class Answers400 {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "startDate=yesterday",
                    "startDate=2026-01-02",
                    "startDate=%2B10000-01-01T00:00:00Z",
                    "endDate=never",
                    "startDate=2026-01-02T00:00:00Z&endDate=2026-01-01T00:00:00Z",
                    "subjectId=%00",
                    "subjectId=x%27",
                    "workspaceId=w",
                    "deploymentId=d",
                    "days=7"
                })
        void namingTheParameter(String query) {
            Answer answer = read(api.owner(), "?" + query);

            assertThat(answer.status()).isEqualTo(400);
            String named = query.contains("&") ? "endDate" : query.substring(0, query.indexOf('='));
            assertThat(answer.wrongFields()).containsExactly(named);
            assertThat(answer.message()).contains(named);
        }
    }

    @Nested
    class Answers403 {
        @Test
        void toWhoSeesTheOrganizationButIsNoOwner() {
            Answer answer = read(api.deploymentToken(), "");

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.message()).contains("organization.auditLogs.get");
        }
    }

    @Nested
    class Answers404 {
        @Test
        void forAnotherOrganization() {
            assertThat(api.get(api.owner(), "/v1/organizations/" + TestApi.unknownId() + "/audit-logs")
                            .status())
                    .isEqualTo(404);
        }
    }

    private Answer read(String credential, String query) {
        return api.get(credential, api.organization("/audit-logs" + query));
    }

    private Set<String> actions(String query) {
        Set<String> actions = new TreeSet<>();
        lines(read(api.owner(), query))
                .forEach(line -> actions.add(line.path("action").asText()));
        return actions;
    }

    private static List<JsonNode> lines(Answer answer) {
        return answer.text().lines().map(GetAuditLogsTest::parsed).toList();
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
