package io.headgate.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/// Opens pages for one test, each for a visitor of its own, and closes them after it.
public final class Pages implements AutoCloseable {
    private final Browser browser;
    private final List<Visit> visits = new ArrayList<>();

    Pages(Browser browser) {
        this.browser = browser;
    }

    /// A page of the server that `@QuarkusTest` started.
    public Visit open(String path) {
        return open(Look.usual(), path);
    }

    public Visit open(Look look, String path) {
        return at(URI.create(ConfigProvider.getConfig().getValue("test.url", String.class)), look)
                .go(path);
    }

    /// A visit of any server, which has not opened a page yet.
    public Visit at(URI server, Look look) {
        Visit visit = new Visit(browser.newContext(look.options()), server);
        visits.add(visit);
        return visit;
    }

    void assertNothingWentWrong() {
        visits.forEach(Visit::assertNothingWentWrong);
    }

    void keepPictures(String test) {
        List<Page> open = visits.stream()
                .flatMap(visit -> visit.context().pages().stream())
                .toList();
        for (int i = 0; i < open.size(); i++) {
            Screenshots.asItIs(open.get(i), "failed-" + test + "-" + i);
        }
    }

    @Override
    public void close() {
        visits.forEach(Visit::close);
    }
}
