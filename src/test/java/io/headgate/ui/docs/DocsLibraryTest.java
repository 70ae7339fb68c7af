package io.headgate.ui.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is written in `docs` holds together where it is served.
class DocsLibraryTest {
    /// For whoever changes Headgate, not for whoever uses or runs it.
    private static final Set<String> NOT_SERVED = Set.of("adding-an-endpoint.md", "dependencies.md");

    private static final Pattern EMPTY_HEADING = Pattern.compile("<th[^>]*></th>");

    @Test
    void everyLinkLeadsSomewhere() {
        assertThat(DocsFolder.library().pages()).hasSizeGreaterThan(20);
        assertThat(deadLinks(DocsFolder.library())).isEmpty();
    }

    /// The control of the test above: a page, an anchor and a file that are not there are found.
    @Test
    void aDeadLinkIsFound() {
        DocsLibrary planted = DocsFolder.library(file -> DocsFolder.read(file)
                + (file.equals("operating/audit.md")
                        ? "\n[a](../no-such.md) [b](../permissions.md#no-such) [c](#nor-this) [d](../pipelines/no.sh)"
                                + " [fine](#reading-it)"
                        : ""));

        assertThat(deadLinks(planted))
                .containsExactly(
                        "operating/audit: ../no-such.md",
                        "operating/audit: ../permissions.md#no-such",
                        "operating/audit: #nor-this",
                        "operating/audit: ../pipelines/no.sh");
    }

    @Test
    void everyPageIsInTheIndexOrDeliberatelyNot() {
        List<String> listed = DocsFolder.library().pages().stream()
                .map(page -> page.path() + DocsLinks.PAGE_ENDING)
                .toList();

        assertThat(Stream.concat(listed.stream(), NOT_SERVED.stream()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(DocsFolder.pages());
    }

    @Test
    void noTwoPagesHaveTheSameTitle() {
        assertThat(DocsFolder.library().pages().stream().map(DocsPage::title)).doesNotHaveDuplicates();
    }

    /// Somebody who hears a table hears the heading of the column with each cell.
    @Test
    void everyColumnOfATableHasAHeading() {
        assertThat(DocsFolder.library().pages())
                .allSatisfy(page -> assertThat(page.html()).as(page.path()).doesNotContainPattern(EMPTY_HEADING));
        String planted = new PageReader(Set.of())
                .read("x.md", "# X\n\n| a | |\n|---|---|\n| 1 | 2 |\n")
                .html();
        assertThat(planted).containsPattern(EMPTY_HEADING);
    }

    @Test
    void onePageFollowsTheOther() {
        DocsLibrary library = DocsFolder.library();
        List<DocsPage> pages = library.pages();

        assertThat(pages.getFirst().title()).isEqualTo("Deployment API tokens");
        assertThat(library.neighbours(pages.getFirst()))
                .containsExactly(new DocsLibrary.Neighbour("Next", pages.get(1)));
        assertThat(library.neighbours(pages.get(1)))
                .containsExactly(
                        new DocsLibrary.Neighbour("Previous", pages.getFirst()),
                        new DocsLibrary.Neighbour("Next", pages.get(2)));
        assertThat(library.neighbours(pages.getLast())).hasSize(1);
    }

    private static List<String> deadLinks(DocsLibrary library) {
        return library.pages().stream()
                .flatMap(page -> page.links().stream()
                        .filter(link -> isDead(library, page, link))
                        .map(link -> page.path() + ": " + link.written()))
                .toList();
    }

    private static boolean isDead(DocsLibrary library, DocsPage page, DocsPage.Link link) {
        Optional<String> served = link.served();
        if (served.isEmpty()) {
            // text in the product, but a link for whoever reads the file
            return !DocsFolder.exists(beside(page, link.written()));
        }
        String url = served.get();
        if (url.startsWith("http")) {
            return false;
        }
        int hash = url.indexOf('#');
        String path = hash < 0 ? url : url.substring(0, hash);
        String anchor = hash < 0 ? "" : url.substring(hash + 1);
        if (DocsContents.FILES.contains(path.replaceFirst(DocsLinks.ROOT, ""))) {
            return false;
        }
        Optional<DocsPage> target =
                path.isEmpty() ? Optional.of(page) : library.page(path.replaceFirst(DocsLinks.ROOT, ""));
        return target.filter(found -> anchor.isEmpty() || found.anchors().contains(anchor))
                .isEmpty();
    }

    private static String beside(DocsPage page, String relative) {
        return Path.of(page.path())
                .resolveSibling(relative.replaceFirst("#.*", ""))
                .normalize()
                .toString();
    }
}
