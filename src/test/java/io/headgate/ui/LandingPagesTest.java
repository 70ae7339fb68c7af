package io.headgate.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.UserIsolation;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page at the root, and the one for addresses that do not exist.
@QuarkusTest
class LandingPagesTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

    @Inject
    TestApi api;

    @Test
    void greetsWithATitleAndOneHeading() {
        Answer page = browse("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.text()).contains("<title>Headgate</title>", "<html lang=\"en\">");
        assertThat(Pattern.compile("<h1").matcher(page.text()).results()).hasSize(1);
    }

    /// Item 46.
    @Test
    void isFencedIn() {
        for (String path : new String[] {"/", "/nothing"}) {
            Answer page = browse(path);

            assertThat(page.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(page.text()).doesNotContain("<script", "<style", " style=", " onclick=");
        }
    }

    @Test
    void linksOnlyToWhatExists() {
        List<String> links = LINK.matcher(browse("/").text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();

        assertThat(links).contains("/spec/v1.0", "/.well-known/jwks.json", "/assets/app.css", "/assets/mark.svg");
        for (String link : links) {
            assertThat(api.send(api.request(link)).status()).as(link).isEqualTo(200);
        }
    }

    @Test
    void showsCommandsWithThisServersAddressAndWithoutSecrets() {
        Answer page = browse("/");

        assertThat(page.text())
                .contains("./headgate admin create-token", "http://localhost:8888/v1/organizations")
                .doesNotContain("{url}", "eyJ");
    }

    @Test
    void saysThatAllDeploymentsAreOneTrustDomainWhereTheyAre() {
        String shared = LandingPages.Templates.landing(
                        "http://x", UserIsolation.SHARED_USER.finding().orElse(""))
                .render();

        assertThat(shared).contains("role=\"note\"", "they are one trust domain");
        assertThat(browse("/").text()).as("here each has a user").doesNotContain("trust domain");
    }

    @Test
    void isAPageForPeopleAndJsonForProgramsWhereNothingIs() {
        Answer page = browse("/nothing");
        Answer json = api.send(api.request("/nothing"));

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.text()).contains("Page not found").contains("href=\"/\"");
        assertThat(json.status()).isEqualTo(404);
        assertThat(json.message()).startsWith("no such operation");
    }

    /// The API answers JSON to everybody.
    @Test
    void doesNotAnswerForTheApi() {
        Answer answer = api.send(
                api.request("/v1/nothing").header("Accept", BROWSER).header("Authorization", "Bearer " + api.owner()));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void publishesTheKeyThatVerifiesTokensOffline() {
        Answer keys = api.send(api.request("/.well-known/jwks.json"));

        assertThat(keys.json().at("/keys/0/crv").asText()).isEqualTo("Ed25519");
        assertThat(keys.json().at("/keys/0/kid").asText()).isNotEmpty();
        assertThat(keys.json().at("/keys/0").has("d")).isFalse();
    }

    private Answer browse(String path) {
        return api.send(api.request(path).header("Accept", BROWSER));
    }
}
