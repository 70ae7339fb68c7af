package io.headgate.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What one visitor sees of one server, with cookies of their own, and everything that goes wrong meanwhile.
public final class Visit implements AutoCloseable {
    private final BrowserContext context;
    private final URI server;
    private final Wrongs wrongs;
    private final Page page;
    private final List<String> expected = new ArrayList<>();
    private final List<String> tolerated = new ArrayList<>();

    Visit(BrowserContext context, URI server) {
        this.context = context;
        this.server = server;
        context.addInitScript(Wrongs.WATCH_POLICY);
        context.addInitScript(PageFigures.WATCH_INTERACTIONS);
        this.wrongs = Wrongs.of(context, server);
        this.page = context.newPage();
    }

    /// Opens an address of this server, and waits until everything in it has loaded.
    public Visit go(String path) {
        page.navigate(server.resolve(path).toString());
        return this;
    }

    /// Says that this visit leads to another server, too; nobody else may be asked for anything.
    public Visit alsoAt(URI other) {
        wrongs.mayAsk(other);
        return this;
    }

    public Page page() {
        return page;
    }

    public BrowserContext context() {
        return context;
    }

    /// Says that something will go wrong whose description contains this text; it must, and it is no failure then.
    public void expectWrong(String text) {
        expected.add(text);
    }

    /// Says that this may go wrong or not, and that the fault is not the server's: for pages of others.
    void tolerateWrong(String text) {
        tolerated.add(text);
    }

    /// What went wrong so far, what was expected included.
    public List<String> wrongs() {
        if (!page.isClosed()) {
            // Playwright hands over what happened only while it is asked something
            page.evaluate("0");
        }
        return wrongs.soFar();
    }

    /// Runs by itself after every test.
    public void assertNothingWentWrong() {
        List<String> happened = wrongs();
        List<String> failures = new ArrayList<>();
        expected.stream()
                .filter(text -> happened.stream().noneMatch(wrong -> wrong.contains(text)))
                .forEach(text -> failures.add("expected, but did not happen: " + text));
        happened.stream()
                .filter(wrong ->
                        Stream.concat(expected.stream(), tolerated.stream()).noneMatch(wrong::contains))
                .forEach(failures::add);
        if (!failures.isEmpty()) {
            throw new AssertionError("on " + page.url() + ":\n  " + String.join("\n  ", failures));
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
