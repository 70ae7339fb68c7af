package io.headgate.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Not run with the tests: `bench/pages.py` runs it against a Headgate of its own, and reads what it writes.
///
/// Each round opens three pages, each with an empty cache: the token list, the same answers from a server that does
/// nothing but send them, and Headgate's smallest page.
@ExtendWith(BrowserExtension.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class TokenListMeasurement {
    private static final int ROUNDS = 25;
    private static final int WARM_UP_ROUNDS = 4;
    private static final int WARM_UP_REQUESTS = 300;
    private static final int ROWS = 20;

    /// Answers in milliseconds how long after the press a dialog was painted.
    private static final String WATCH_DIALOG = """
            () => { window.headgateDialog = new Promise(resolve => {
              let pressed = 0;
              const look = () => requestAnimationFrame(() => {
                if (document.querySelector('dialog[open] h2'))
                  requestAnimationFrame(() => resolve(performance.now() - pressed));
                else look();
              });
              addEventListener('pointerdown', e => { pressed = e.timeStamp; look(); }, {once: true, capture: true});
            }); }""";

    /// Our policy forbids what Playwright waits for functions with.
    private static final String PAINTED = """
            () => new Promise(resolve => new PerformanceObserver(list => {
              if (list.getEntriesByName('first-contentful-paint').length > 0) resolve();
            }).observe({type: 'paint', buffered: true}))""";

    private static final String ASK_AGAIN_AND_AGAIN = """
            async times => { for (let i = 0; i < times; i++) await (await fetch(location.href)).text(); }""";

    private final RunningHeadgate headgate = RunningHeadgate.fromEnvironment();
    private final String path = "/deployments/" + headgate.deployment() + "/api-tokens";

    @Test
    void measure(Pages pages) throws IOException {
        Visit person = pages.at(headgate.controlPlane(), Look.usual()).go("/sign-in");
        headgate.owner().fillIn(person.page());
        person.page().waitForURL(url -> !url.contains("/sign-in"));
        List<Cookie> cookies = person.context().cookies();
        person.go(path).page().evaluate(ASK_AGAIN_AND_AGAIN, WARM_UP_REQUESTS);

        List<String> lines = new ArrayList<>(List.of("page,paint,dialog,press,typing"));
        try (Recorded recorded = Recorded.of(headgate.controlPlane())) {
            try (Visit first = fresh(pages, headgate.controlPlane(), cookies)) {
                recorded.listenTo(first.context());
                used("recorded", first);
                recorded.keepWhatWasHeard();
            }
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                List<String> measured = new ArrayList<>();
                try (Visit ours = fresh(pages, headgate.controlPlane(), cookies)) {
                    measured.add(used("headgate", ours));
                }
                try (Visit same = fresh(pages, recorded.url(), List.of())) {
                    measured.add(used("recorded", same));
                }
                try (Visit smallest = fresh(pages, headgate.controlPlane(), List.of())) {
                    measured.add("smallest," + paint(smallest.go("/sign-in").page()) + ",,,");
                }
                if (round >= 0) {
                    lines.addAll(measured);
                }
            }
        }
        Files.write(Path.of(requireNonNull(System.getenv("JOURNEY_FIGURES"))), lines);
    }

    private static Visit fresh(Pages pages, URI server, List<Cookie> cookies) {
        Visit visit = pages.at(server, Look.usual());
        visit.context().addCookies(cookies);
        return visit;
    }

    /// Opens the list, opens the dialog of a new token, closes it, and searches.
    private String used(String name, Visit visit) {
        Page page = visit.go(path).page();
        assertThat(page.locator("#tokens tbody tr")).hasCount(ROWS);
        String paint = paint(page);
        page.evaluate(WATCH_DIALOG);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("+ API Token"))
                .click();
        double shown = ((Number) page.evaluate("window.headgateDialog")).doubleValue();
        double pressed = longestInteraction(page);
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog[open]")).hasCount(0);
        page.evaluate("window.headgateLongestInteraction = 0");
        page.getByLabel("Search tokens").click();
        page.keyboard().type("pipeline 1");
        assertThat(page.locator("#tokens tbody tr")).not().hasCount(ROWS);
        return String.join(",", name, paint, millis(shown), millis(pressed), millis(longestInteraction(page)));
    }

    private static String paint(Page page) {
        page.evaluate(PAINTED);
        return millis(PageFigures.of(page).firstContentfulPaint().toNanos() / 1e6);
    }

    private static double longestInteraction(Page page) {
        return PageFigures.of(page).longestInteraction().toNanos() / 1e6;
    }

    private static String millis(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
