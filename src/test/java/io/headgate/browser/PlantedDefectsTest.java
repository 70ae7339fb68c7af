package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every check of pages finds the defect that it is there for, and none in a sound page.
@BrowserTest
class PlantedDefectsTest {
    private static final DefectivePages SERVER = new DefectivePages();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void aSoundPageHasNoDefect(Pages pages) {
        Visit visit = visit(pages, "/sound");

        Axe.assertNoViolations(visit.page());
        Overflow.assertNone(visit.page());
        assertThat(visit.wrongs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /console      | console: planted complaint
            /exception    | planted exception
            /inline       | breach of the content security policy: script-src-elem inline
            /inline-style | breach of the content security policy: style-src-attr inline
            /third-party  | asks another origin: GET http://elsewhere.invalid/x.png
            /missing      | answered 404: GET
            /dropped      | request failed: GET
            """)
    void aDefectIsFound(String path, String wrong, Pages pages) {
        Visit visit = visit(pages, path);

        assertThatThrownBy(visit::assertNothingWentWrong).hasMessageContaining(wrong);
        visit.wrongs().forEach(visit::expectWrong);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /silent-picture | image-alt
            /pale           | color-contrast
            /dialog         | label
            """)
    void whatKeepsPeopleOutIsFound(String path, String rule, Pages pages) {
        Visit visit = visit(pages, path);

        assertThatThrownBy(() -> Axe.assertNoViolations(visit.page()))
                .hasMessageContaining("\n" + rule + ": ")
                .hasMessageContaining(SERVER.url() + path);
    }

    @Test
    void whatFadesInIsLookedAtWhenItIsThere(Pages pages) {
        Visit visit = visit(pages, "/fading");

        assertThat(visit.page().evaluate("document.getAnimations().length")).isEqualTo(1);
        Axe.assertNoViolations(visit.page());
    }

    @Test
    void aPageThatScrollsSidewaysIsFoundWhereItDoes(Pages pages) {
        Visit visit = visit(pages, "/wide");

        assertThat(Overflow.of(visit.page()))
                .anySatisfy(line -> assertThat(line).startsWith("at 420: ").contains("class=\"wide\""))
                .noneSatisfy(line -> assertThat(line).startsWith("at 640: "));
    }

    @Test
    void somethingExpectedThatDoesNotHappenIsFound(Pages pages) {
        Visit visit = pages.at(SERVER.url(), Look.usual()).go("/sound");
        visit.expectWrong("planted complaint");

        assertThatThrownBy(visit::assertNothingWentWrong).hasMessageContaining("did not happen: planted complaint");
        visit.go("/console");
    }

    @Test
    void aRefusedDocumentIsNoDefect(Pages pages) {
        assertThat(visit(pages, "/nothing").wrongs()).isEmpty();
    }

    private static Visit visit(Pages pages, String path) {
        return pages.at(SERVER.url(), Look.usual()).go(path);
    }
}
