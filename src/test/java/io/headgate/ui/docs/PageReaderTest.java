package io.headgate.ui.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageReaderTest {
    private final PageReader reader = new PageReader(Set.of("a.md", "operating/b.md", "pipelines/run.sh"));

    @Test
    void takesTitleAndSectionsFromTheHeadings() {
        DocsPage page = read("# Tokens `x`\n\n## The first\n\n### Below\n\n## The first\n");

        assertThat(page.title()).isEqualTo("Tokens x");
        assertThat(page.sections())
                .containsExactly(
                        new DocsPage.Section("the-first", "The first"),
                        new DocsPage.Section("the-first-1", "The first"));
        assertThat(page.anchors()).contains("tokens-x", "below");
        assertThat(page.html()).contains("<h2 id=\"the-first-1\">");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.md              | /docs/a
            ../operating/b.md | /docs/operating/b
            b.md#part         | /docs/operating/b#part
            #part             | #part
            ../pipelines/run.sh | /docs/pipelines/run.sh
            https://x.example | https://x.example
            """)
    void leadsLinksToWhereThingsAreServed(String written, String served) {
        String file = written.equals("a.md") ? "x.md" : "operating/x.md";

        assertThat(reader.read(file, "# X\n[there](" + written + ")").html())
                .contains("<a href=\"" + served + "\">there</a>");
    }

    @ParameterizedTest
    @CsvSource({"../SECURITY.md", "../../etc/passwd", "src/A.java", "no-such.md", "/etc/passwd", "javascript:alert(1)"})
    void leavesALinkToWhatIsNotServedAsText(String written) {
        assertThat(read("# X\n\nsee [the **source**](" + written + ").").html())
                .contains("<p>see the <strong>source</strong>.</p>");
    }

    @ParameterizedTest
    @CsvSource({"<script>alert(1)</script>", "a <b onclick=x>b</b>", "<!-- note -->"})
    void showsHtmlAsText(String html) {
        assertThat(read("# X\n\n" + html + "\n").html()).contains("&lt;").doesNotContain("<script", "<b ", "<!--");
    }

    @Test
    void letsATableScrollByItselfUnderANameOfItsOwn() {
        String table = "| a | n |\n|---|--:|\n| x | 1 |\n\n";

        String html = read("# X\n\n## Sizes\n\n" + table + table).html();

        assertThat(html)
                .contains("role=\"region\"", "tabindex=\"0\"")
                .contains("aria-label=\"Table: Sizes\"", "aria-label=\"Table: Sizes (2)\"")
                .contains("<th scope=\"col\">a</th>", "<td class=\"align-right\">1</td>")
                .doesNotContain("align=", "style=");
    }

    @Test
    void letsLongNamesBreakWhereTheirPartsMeet() {
        assertThat(read("# X\n\n`HEADGATE_PUBLIC_URL` `.netrc` `a <b>`\n").html())
                .contains("<code>HEADGATE_<wbr>PUBLIC_<wbr>URL</code>", "<code>.netrc</code>")
                .contains("<code>a &lt;b&gt;</code>");
    }

    @Test
    void letsCodeBeReachedWithTheKeyboard() {
        assertThat(read("# X\n\n```sh\nls <a>\n```\n").html())
                .contains("<pre tabindex=\"0\"><code class=\"language-sh\">ls &lt;a&gt;");
    }

    private DocsPage read(String markdown) {
        return reader.read("x.md", markdown);
    }
}
