package io.headgate.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.headgate.api.TestApi;
import io.headgate.ui.SignedInBrowser;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/// Pages for people who are signed in, and what must be so on each of them in every look.
final class PagesOfPeople {
    private PagesOfPeople() {}

    /// A page as the owner sees it.
    static Visit ofOwner(Pages pages, TestApi api, String path) {
        return ofOwner(pages, api, Look.usual(), path);
    }

    static Visit ofOwner(Pages pages, TestApi api, Look look, String path) {
        URI server = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        String[] cookie = SignedInBrowser.owner(api).cookie().split("=", 2);
        Visit visit = pages.at(server, look);
        visit.context().addCookies(List.of(new Cookie(cookie[0], cookie[1]).setUrl(server.toString())));
        return visit.go(path);
    }

    /// Pictures the page as it stands, and looks at it with the eyes of axe, in every look.
    static void inspect(Visit visit, String name) {
        Page page = visit.page();
        Screenshots.of(page, name);
        Overflow.assertNone(page);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : List.of(Look.WIDE, Look.NARROW)) {
                page.setViewportSize(width, Look.HEIGHT);
                Axe.assertNoViolations(page);
            }
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(Look.WIDE, Look.HEIGHT);
    }
}
