package io.headgate.ui.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// S1, S2, S8: the pages under `/docs`, without a credential.
@QuarkusTest
class DocsPagesTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)");

    @Inject
    TestApi api;

    @Test
    void listsEveryPageWithTheTokensFirst() {
        Answer index = browse("/docs");

        assertThat(index.status()).isEqualTo(200);
        assertThat(index.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(index.text()).contains("<title>Documentation · Headgate</title>");
        assertThat(links(index).stream().filter(link -> link.startsWith("/docs/")))
                .startsWith("/docs/deployment-api-tokens", "/docs/automation")
                .containsExactlyElementsOf(
                        DocsFolder.library().pages().stream().map(DocsPage::url).toList());
    }

    /// Also what pages say beyond their text: that nothing in them could run or style itself.
    @Test
    void servesEveryPageThatAnyPageLinksTo() {
        for (DocsPage page : DocsFolder.library().pages()) {
            Answer answer = browse(page.url());

            assertThat(answer.status()).as(page.url()).isEqualTo(200);
            assertThat(answer.text())
                    .as(page.url())
                    .containsOnlyOnce("<h1")
                    .contains("<title>", " · Headgate</title>", "href=\"/docs\"")
                    .doesNotContain("<script>", "<style", " style=", " align=", " onclick=", ".md\"");
            assertThat(links(answer))
                    .as(page.url())
                    .allSatisfy(link -> assertThat(api.send(api.request(link)).status())
                            .as(link)
                            // strangers are led from the start page to the sign-in page
                            .isEqualTo(link.equals("/") ? 303 : 200));
        }
    }

    @Test
    void isFencedIn() {
        assertThat(browse("/docs/permissions").header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void showsWhatIsOnThePage() {
        assertThat(browse("/docs/deployment-api-tokens").text())
                .contains("On this page", "<a href=\"#rotate-a-token\">Rotate a token</a>", "id=\"rotate-a-token\"");
    }

    @Test
    void namesThisServerInExamples() {
        assertThat(browse("/docs/automation").text()).contains("HEADGATE_URL=http://localhost:8888");
    }

    /// So that a browser shows what somebody is about to run.
    @Test
    void servesThePipelineAsText() {
        Answer script = browse("/docs/pipelines/deploy.sh");

        assertThat(script.status()).isEqualTo(200);
        assertThat(script.header("Content-Type")).startsWith("text/plain");
        assertThat(script.text()).startsWith("#!/bin/sh\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/no-such",
                "/docs/permissions.md",
                "/docs/adding-an-endpoint",
                "/docs/adr",
                "/docs/pipelines/other.sh",
                "/docs/..%2fapplication",
                "/docs/<script>alert(1)<%2fscript>"
            })
    void answersWithTheOrdinaryPageWhereNothingIs(String path) {
        Answer answer = browse(path.replace("<", "%3C").replace(">", "%3E"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("Page not found").doesNotContain("<script>");
    }

    private static List<String> links(Answer page) {
        return LINK.matcher(page.text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();
    }

    private Answer browse(String path) {
        return api.send(api.request(path).header("Accept", BROWSER));
    }
}
