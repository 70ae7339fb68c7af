package io.headgate.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/// What must be so on every page and dialog, as it stands: pictured, fits, keeps nobody out.
final class Inspection {
    private Inspection() {}

    /// In light and dark, wide and narrow; afterwards it is light and wide.
    static void of(Visit visit, String name) {
        Page page = visit.page();
        Screenshots.of(page, name);
        Overflow.assertNone(page);
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : List.of(Look.NARROW, Look.WIDE)) {
                page.setViewportSize(width, Look.HEIGHT);
                Axe.assertNoViolations(page);
            }
        }
    }
}
