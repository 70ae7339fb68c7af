package io.headgate.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ViewportSize;
import java.util.ArrayList;
import java.util.List;

/// Looks for pages that must be scrolled sideways: on a telephone, and on a desk at a zoom of 200 %.
public final class Overflow {
    /// What a zoom of 200 % leaves of 1280 pixels.
    private static final int ZOOMED = 640;

    private static final String WIDER = """
            () => {
              const page = document.scrollingElement;
              if (page.scrollWidth <= page.clientWidth) return [];
              const culprits = [...document.body.querySelectorAll('*')]
                .filter(e => e.getBoundingClientRect().right > page.clientWidth)
                .map(e => e.outerHTML.slice(0, 100));
              return [`${page.scrollWidth} of ${page.clientWidth} pixels`, ...culprits];
            }""";

    private Overflow() {}

    /// Leaves the page as wide as it was.
    public static void assertNone(Page page) {
        List<String> found = of(page);
        if (!found.isEmpty()) {
            throw new AssertionError("scrolls sideways: " + page.url() + "\n  " + String.join("\n  ", found));
        }
    }

    static List<String> of(Page page) {
        ViewportSize size = page.viewportSize();
        List<String> found = new ArrayList<>();
        for (int width : List.of(Look.NARROW, ZOOMED)) {
            page.setViewportSize(width, Look.HEIGHT);
            ((List<?>) page.evaluate(WIDER)).forEach(line -> found.add("at " + width + ": " + line));
        }
        page.setViewportSize(size.width, size.height);
        return found;
    }
}
