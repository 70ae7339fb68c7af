package io.headgate.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.headgate.access.Role;
import io.headgate.identity.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The pages of a control plane by which somebody signs in and is led to an Airflow, with the same redirects and the
/// same fence around the form as the real ones.
final class ScriptedControlPlane implements AutoCloseable {
    private final HttpServer server;
    private final boolean leadsFromFormByRedirect;
    private volatile Optional<TestGateway> gateway = Optional.empty();
    private volatile Optional<Session> session = Optional.empty();

    /// @param leadsFromFormByRedirect the defect that the real page avoids
    ScriptedControlPlane(boolean leadsFromFormByRedirect) {
        this.leadsFromFormByRedirect = leadsFromFormByRedirect;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.createContext("/sign-in", this::signIn);
        server.createContext("/airflow-sign-in", this::lead);
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    void isInFrontOf(TestGateway behind) {
        gateway = Optional.of(behind);
    }

    void signOut() {
        session.ifPresent(gateway.orElseThrow().people()::signOut);
        session = Optional.empty();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void signIn(HttpExchange exchange) throws IOException {
        String next = parameter(exchange, "next");
        if (exchange.getRequestMethod().equals("POST")) {
            session = Optional.of(gateway.orElseThrow().people().signIn("ada@example.com", Role.ORGANIZATION_OWNER));
            redirect(exchange, next);
        } else {
            page(exchange, """
                    <!doctype html><html lang="en"><title>Sign in</title>
                    <link rel="icon" href="data:,"><form method="post"><button>Sign in</button></form>""");
        }
    }

    private void lead(HttpExchange exchange) throws IOException {
        if (session.isEmpty()) {
            redirect(
                    exchange,
                    "/sign-in?next="
                            + URLEncoder.encode(exchange.getRequestURI().toString(), StandardCharsets.UTF_8));
            return;
        }
        TestGateway behind = gateway.orElseThrow();
        String code = behind.people()
                .code(
                        session.get(),
                        TestGateway.HOME.deploymentId(),
                        parameter(exchange, "state"),
                        parameter(exchange, "next"))
                .reveal();
        String back = "http://quick.localhost:%d/quick/.headgate/sign-in?code=%s".formatted(behind.port(), code);
        boolean followsAForm = "same-origin".equals(exchange.getRequestHeaders().getFirst("Sec-Fetch-Site"));
        if (followsAForm && !leadsFromFormByRedirect) {
            exchange.getResponseHeaders().set("Refresh", "0; url=" + back);
            page(
                    exchange,
                    "<!doctype html><html lang=\"en\"><title>Opening Airflow</title><link rel=\"icon\" href=\"data:,\">");
        } else {
            redirect(exchange, back);
        }
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(303, -1);
        exchange.close();
    }

    private static void page(HttpExchange exchange, String html) throws IOException {
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
        exchange.getResponseHeaders()
                .set("Content-Security-Policy", "default-src 'none'; img-src data:; form-action 'self'");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String parameter(HttpExchange exchange, String name) {
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }
}
