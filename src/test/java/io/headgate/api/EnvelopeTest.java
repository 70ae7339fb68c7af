package io.headgate.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every failure has one shape, whoever found it: the filter, the framework, a reader or a use case.
@QuarkusTest
class EnvelopeTest {
    @Inject
    TestApi api;

    @Test
    void hasWhatTheCommandLineAndTheProviderPrint() {
        Answer answer = api.get(api.owner(), api.organization("/tokens/" + TestApi.unknownId()));

        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("statusCode").isInt()).isTrue();
        assertThat(answer.member("statusCode")).isEqualTo("404");
        assertThat(answer.member("title")).isEqualTo("Not Found");
        assertThat(answer.member("detail")).isEqualTo(answer.message());
        assertThat(answer.member("requestId")).isEqualTo(answer.header("X-Request-Id"));
        assertThat(answer.json().has("fieldErrors")).isFalse();
    }

    /// Ours, because it stands in the audit log: a caller cannot choose it.
    @Test
    void hasARequestIdOfOurOwn() {
        Answer first = api.send(api.request("/v1/organizations").header("X-Request-Id", "chosen"));
        Answer second = api.get(api.owner(), "/v1/organizations");

        assertThat(first.header("X-Request-Id")).isNotEmpty().isNotEqualTo("chosen");
        assertThat(second.header("X-Request-Id")).isNotEmpty().isNotEqualTo(first.header("X-Request-Id"));
        assertThat(first.headers().allValues("X-Request-Id")).hasSize(1);
    }

    @Test
    void isThatOfAPathOrMethodThatDoesNotExist() {
        Answer path = api.get(api.owner(), "/v1/nothing");
        Answer method = api.send(api.request(api.organization("/tokens"))
                .header("Authorization", "Bearer " + api.owner())
                .PUT(HttpRequest.BodyPublishers.noBody()));
        Answer outside = api.send(api.request("/nothing"));

        for (Answer answer : new Answer[] {path, method, outside}) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.message()).startsWith("no such operation");
        }
        assertThat(outside.member("requestId")).isEqualTo(outside.header("X-Request-Id"));
    }

    @Test
    void isThatOfAnAnswerNobodyWants() {
        Answer answer = api.send(api.request(api.organization("/tokens"))
                .header("Authorization", "Bearer " + api.owner())
                .header("Accept", "text/csv"));

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.message()).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, 415",
        "application/xml, 415",
        "application/json;charset=iso-8859-1, 415",
        "nonsense, 400",
        "application/json, 200",
        "application/json; charset=UTF-8, 200",
        "application/vnd.x+json, 200"
    })
    void isThatOfABodyThatIsNotDeclaredAsJson(String type, int status) {
        Answer answer = api.send(api.request(api.organization("/tokens"))
                .header("Authorization", "Bearer " + api.owner())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(token("x"))));

        assertThat(answer.status()).isEqualTo(status);
    }

    /// Below the limit, above it, and far above it.
    @ParameterizedTest
    @CsvSource({"1000000, 400", "1048577, 413", "5000000, 413"})
    void isThatOfABodyThatIsTooLarge(int bytes, int status) {
        String start = "{\"name\": \"";
        String body = start + "x".repeat(bytes - start.length() - 2) + "\"}";

        Answer answer = api.post(api.owner(), api.organization("/tokens"), body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.message()).contains(status == 413 ? "at most 1048576 bytes" : "1–256 characters, given");
    }

    @Test
    void isThatOfABodyOfUnknownLengthThatIsTooLarge() {
        Answer answer = api.send(api.request(api.organization("/tokens"))
                .header("Authorization", "Bearer " + api.owner())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[2_000_000]))));

        assertThat(answer.status()).isEqualTo(413);
    }

    /// Item 11: an answer to a broken body says where, and repeats nothing of it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                  | body missing
            {"name": "hidden-text"              | not valid JSON at line 1
            {"name": "hidden-text"} {}          | goes on after its JSON object
            {"name": "a", "name": "hidden-text"} | a member twice
            ["hidden-text"]                     | must be one JSON object, given a list
            "hidden-text-is-shown"              | must be one JSON object, given 'hidden-text-is-shown'
            {'name': 'hidden-text'}             | not valid JSON
            {"name": NaN}                       | not valid JSON
            """)
    void saysWhatIsWrongWithABody(String body, String words) {
        Answer answer = api.post(api.owner(), api.organization("/tokens"), body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains(words).doesNotContain("hidden-text\"");
    }

    private String token(String name) {
        return "{\"name\": \"" + name + "\", \"scope\": \"DEPLOYMENT\", \"entityId\": \""
                + api.behind().own().id() + "\"}";
    }
}
