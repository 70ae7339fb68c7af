package io.headgate.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Response;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// A server that gives the answers of another one again, from memory: as quick as pages can be served at all.
final class Recorded implements AutoCloseable {
    /// What makes a browser treat an answer differently.
    private static final List<String> KEPT = List.of("content-type", "content-security-policy", "cache-control");

    /// @param body one character a byte
    private record Kept(Map<String, String> headers, String body) {}

    private final URI original;
    private final HttpServer server;
    private final Map<String, Kept> answers = new ConcurrentHashMap<>();
    private final List<Response> heard = new ArrayList<>();

    private Recorded(URI original, HttpServer server) {
        this.original = original;
        this.server = server;
    }

    static Recorded of(URI original) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Recorded recorded = new Recorded(original, server);
        server.createContext("/", recorded::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return recorded;
    }

    /// From now on, until {@link #keepWhatWasHeard}.
    void listenTo(BrowserContext context) {
        context.onResponse(heard::add);
    }

    void keepWhatWasHeard() {
        heard.stream()
                .filter(response -> response.url().startsWith(original.toString()) && response.status() == 200)
                .forEach(this::keep);
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void keep(Response response) {
        URI url = URI.create(response.url());
        Map<String, String> headers = new HashMap<>();
        KEPT.forEach(name -> Optional.ofNullable(response.headers().get(name)).ifPresent(it -> headers.put(name, it)));
        Kept kept = new Kept(headers, new String(response.body(), StandardCharsets.ISO_8859_1));
        answers.put(request(url), kept);
        // a search of half a word, if a machine is so busy that typing pauses
        answers.put(url.getRawPath(), kept);
    }

    private void answer(HttpExchange exchange) throws IOException {
        URI url = exchange.getRequestURI();
        Kept kept = answers.getOrDefault(request(url), answers.get(url.getRawPath()));
        if (kept == null) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        kept.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = kept.body().getBytes(StandardCharsets.ISO_8859_1);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String request(URI url) {
        return url.getRawPath() + "?" + Optional.ofNullable(url.getRawQuery()).orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
