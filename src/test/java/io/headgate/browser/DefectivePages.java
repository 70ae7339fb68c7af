package io.headgate.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A server of pages with one defect each, under a policy as strict as ours, and of one that has none.
final class DefectivePages implements AutoCloseable {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'";
    private static final Map<String, String> FILES = Map.ofEntries(
            page("/sound", "<p>still</p><button>Work</button>"),
            Map.entry("/sound.js", """
                    document.querySelector('p').textContent = 'lively';
                    document.querySelector('button').addEventListener('click', () => {
                      const start = performance.now();
                      while (performance.now() - start < 60);
                    });"""),
            page("/console", ""),
            Map.entry("/console.js", "console.error('planted complaint')"),
            page("/exception", ""),
            Map.entry("/exception.js", "throw new Error('planted exception')"),
            page("/inline", "<script>document.title = 'ran'</script>"),
            page("/inline-style", "<p style='color: red'>red</p>"),
            page("/third-party", "<img src='http://elsewhere.invalid/x.png' alt=''>"),
            page("/missing", "<img src='/nothing.png' alt=''>"),
            page("/dropped", "<img src='/drop' alt=''>"),
            page("/silent-picture", "<img src='/mark.svg'>"),
            page("/pale", "<p class='pale'>hardly to be read</p>"),
            page("/fading", "<p class='fading'>to be read in a moment</p>"),
            page("/dialog", "<dialog><input type='text'></dialog>"),
            Map.entry("/dialog.js", "document.querySelector('dialog').showModal()"),
            page("/wide", "<div class='wide'>wide</div>"),
            Map.entry("/page.css", """
                    body { background: white }
                    .pale { color: #ccc }
                    .wide { width: 600px }
                    @keyframes fade { from, 99% { opacity: 0.3 } to { opacity: 1 } }
                    .fading { animation: fade 1s }"""),
            Map.entry("/mark.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"));

    /// With a picture of its own, because Chromium asks for `/favicon.ico` where a page names none, and complains.
    private static final String NOTHING = "<!doctype html><link rel='icon' href='/mark.svg'>nothing here";

    private final HttpServer server;

    DefectivePages() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", DefectivePages::answer);
        server.start();
    }

    private static Map.Entry<String, String> page(String path, String body) {
        return Map.entry(path, """
                <!doctype html><html lang="en"><head><title>%s</title><link rel="icon" href="/mark.svg">\
                <link rel="stylesheet" href="/page.css"></head><body><main><h1>Heading</h1>%s</main>\
                <script src="%s.js"></script></body></html>""".formatted(path, body, path));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!path.equals("/drop")) {
            boolean exists = FILES.containsKey(path) || path.endsWith(".js");
            byte[] body = FILES.getOrDefault(path, exists ? "" : NOTHING).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type(path));
            // where the policy forbids it, Chromium does not even ask another origin
            if (!path.equals("/third-party")) {
                exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            }
            exchange.sendResponseHeaders(exists ? 200 : 404, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static String type(String path) {
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "js" -> "text/javascript";
            case "css" -> "text/css";
            case "svg" -> "image/svg+xml";
            default -> "text/html;charset=UTF-8";
        };
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
