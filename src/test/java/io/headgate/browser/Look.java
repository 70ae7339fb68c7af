package io.headgate.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/// How somebody looks at a page.
public record Look(ColorScheme scheme, int width, boolean reducedMotion, boolean javaScript) {
    static final int WIDE = 1280;
    static final int NARROW = 420;
    static final int HEIGHT = 800;

    /// On a desk, in the light.
    public static Look usual() {
        return new Look(ColorScheme.LIGHT, WIDE, false, true);
    }

    public Look dark() {
        return new Look(ColorScheme.DARK, width, reducedMotion, javaScript);
    }

    /// As on a telephone.
    public Look narrow() {
        return new Look(scheme, NARROW, reducedMotion, javaScript);
    }

    public Look withReducedMotion() {
        return new Look(scheme, width, true, javaScript);
    }

    public Look withoutJavaScript() {
        return new Look(scheme, width, reducedMotion, false);
    }

    /// In a page without scripts a promise is never kept, and who asks for one waits for ever.
    static void assertWithJavaScript(Page page) {
        if (Boolean.TRUE.equals(page.evaluate("matchMedia('(scripting: none)').matches"))) {
            throw new IllegalStateException("this needs a page with JavaScript: " + page.url());
        }
    }

    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setViewportSize(width, HEIGHT)
                .setColorScheme(scheme)
                .setReducedMotion(reducedMotion ? ReducedMotion.REDUCE : ReducedMotion.NO_PREFERENCE)
                .setJavaScriptEnabled(javaScript)
                .setLocale("en-US")
                .setTimezoneId("UTC");
    }
}
