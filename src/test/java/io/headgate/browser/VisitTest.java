package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.testing.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// How visitors look at pages, and what is measured and pictured of them.
@BrowserTest
class VisitTest {
    private static final DefectivePages SERVER = new DefectivePages();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void looksAsTheTestSays(Pages pages) {
        Visit usual = pages.at(SERVER.url(), Look.usual()).go("/sound");
        Visit other = pages.at(SERVER.url(), Look.usual().dark().narrow().withReducedMotion())
                .go("/sound");

        assertThat(looks(usual)).isEqualTo(List.of(1280, false, false, "en-US", "UTC"));
        assertThat(looks(other)).isEqualTo(List.of(420, true, true, "en-US", "UTC"));
    }

    @Test
    void runsScriptsUnlessTheTestSaysOtherwise(Pages pages) {
        Visit lively = pages.at(SERVER.url(), Look.usual()).go("/sound");
        Visit still = pages.at(SERVER.url(), Look.usual().withoutJavaScript()).go("/sound");

        assertThat(lively.page().locator("p").textContent()).isEqualTo("lively");
        assertThat(still.page().locator("p").textContent()).isEqualTo("still");
        Overflow.assertNone(still.page());
    }

    @Test
    void saysThatAxeNeedsScriptsRatherThanWaitForEver(Pages pages) {
        Visit still = pages.at(SERVER.url(), Look.usual().withoutJavaScript()).go("/sound");

        assertThatThrownBy(() -> Axe.assertNoViolations(still.page()))
                .hasMessageContaining("needs a page with JavaScript");
    }

    @Test
    void givesEveryVisitorCookiesOfTheirOwn(Pages pages) {
        Visit one = pages.at(SERVER.url(), Look.usual()).go("/sound");
        Visit another = pages.at(SERVER.url(), Look.usual()).go("/sound");
        one.page().evaluate("document.cookie = 'mine=1'");

        assertThat(one.context().cookies()).hasSize(1);
        assertThat(another.context().cookies()).isEmpty();
    }

    @Test
    void picturesAPageInEveryLookAndLeavesItAsItWas(Pages pages) throws IOException {
        Visit visit = pages.at(SERVER.url(), Look.usual().dark()).go("/sound");

        List<Path> pictures = Screenshots.of(visit.page(), "sound");

        assertThat(pictures)
                .extracting(picture -> picture.getFileName().toString())
                .containsExactly(
                        "sound-light-1280.png", "sound-light-420.png", "sound-dark-1280.png", "sound-dark-420.png");
        assertThat(ImageIO.read(pictures.getFirst().toFile()).getWidth()).isEqualTo(1280);
        assertThat(ImageIO.read(pictures.getLast().toFile()).getWidth()).isEqualTo(420);
        assertThat(looks(visit)).isEqualTo(List.of(1280, true, false, "en-US", "UTC"));
    }

    @Test
    void measuresWhatAPageCost(Pages pages) throws InterruptedException {
        Visit visit = pages.at(SERVER.url(), Look.usual()).go("/sound");

        PageFigures loaded = PageFigures.of(visit.page());
        visit.page().locator("button").click();

        assertThat(loaded.firstContentfulPaint()).isPositive();
        assertThat(loaded.longestInteraction()).isZero();
        assertThat(loaded.document().decoded())
                .isPositive()
                .isLessThan(loaded.document().transferred());
        assertThat(loaded.styles().decoded()).isPositive();
        assertThat(loaded.scripts().decoded()).isPositive();
        Eventually.holds(
                "the click is told of",
                () -> PageFigures.of(visit.page()).longestInteraction().compareTo(Duration.ofMillis(50)) > 0);
    }

    @Test
    void startsOneDriverForAllTests(Pages pages) {
        assertThat(pages).isNotNull();
        assertThat(drivers()).isEqualTo(1);
    }

    static long drivers() {
        return ProcessHandle.current()
                .children()
                .map(child -> child.info().command())
                .flatMap(Optional::stream)
                .filter(command -> command.contains("playwright-java-"))
                .count();
    }

    private static Object looks(Visit visit) {
        return visit.page().evaluate("""
                [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches,
                 matchMedia('(prefers-reduced-motion: reduce)').matches, navigator.language,
                 Intl.DateTimeFormat().resolvedOptions().timeZone]""");
    }
}
