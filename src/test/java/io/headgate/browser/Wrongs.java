package io.headgate.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Collects what goes wrong in pages: errors, failed requests, breaches of the policy, requests to others.
final class Wrongs {
    /// The console tells of breaches by itself too, in words that change from version to version.
    static final String WATCH_POLICY = """
            document.addEventListener('securitypolicyviolation', e => console.error(
                `breach of the content security policy: ${e.effectiveDirective} ${e.blockedURI} ${e.sample}`))""";

    private static final String REFUSED = "Failed to load resource: the server responded with a status of ";

    private record Said(String text, String location) {}

    private final List<URI> servers = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private final Set<String> documents = new HashSet<>();

    private Wrongs(URI server) {
        servers.add(server);
    }

    static Wrongs of(BrowserContext context, URI server) {
        Wrongs wrongs = new Wrongs(server);
        context.onConsoleMessage(wrongs::console);
        context.onWebError(error -> wrongs.seen.add("exception in the page: " + error.error()));
        context.onRequest(wrongs::request);
        context.onRequestFailed(wrongs::failed);
        context.onResponse(wrongs::response);
        return wrongs;
    }

    void mayAsk(URI other) {
        servers.add(other);
    }

    List<String> soFar() {
        return Stream.concat(
                        seen.stream(),
                        said.stream()
                                .filter(message -> !saysThatADocumentWasRefused(message))
                                .map(message -> "console: " + message.text() + " (" + message.location() + ")"))
                .toList();
    }

    /// A page with status 404 is what its test asked for; of everything that a page loads, `response` tells.
    private boolean saysThatADocumentWasRefused(Said message) {
        return message.text().startsWith(REFUSED)
                && documents.stream().anyMatch(url -> message.location().startsWith(url + ":"));
    }

    private void console(ConsoleMessage message) {
        if (message.type().equals("error")) {
            said.add(new Said(message.text(), message.location()));
        }
    }

    private void request(Request request) {
        URI url = URI.create(request.url());
        if (Set.of("http", "https", "ws", "wss").contains(String.valueOf(url.getScheme()))
                && servers.stream().noneMatch(server -> isOf(server, url))) {
            seen.add("asks another origin: " + named(request));
        }
    }

    private static boolean isOf(URI server, URI url) {
        return Objects.equals(url.getScheme(), server.getScheme())
                && Objects.equals(url.getRawAuthority(), server.getRawAuthority());
    }

    /// What a page gave up itself, by leaving or by an answer that is a download, failed nobody.
    private void failed(Request request) {
        if (!"net::ERR_ABORTED".equals(request.failure())) {
            seen.add("request failed: " + named(request) + " " + request.failure());
        }
    }

    private void response(Response response) {
        Request request = response.request();
        if (request.isNavigationRequest()) {
            documents.add(request.url());
        } else if (response.status() >= 400) {
            seen.add("answered " + response.status() + ": " + named(request));
        }
    }

    private static String named(Request request) {
        return request.method() + " " + request.url();
    }
}
