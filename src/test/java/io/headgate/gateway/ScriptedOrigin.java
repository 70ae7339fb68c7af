package io.headgate.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// An Airflow that does what a test tells it to, byte by byte, and remembers what it was asked.
final class ScriptedOrigin implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Script script;

    private ScriptedOrigin(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    /// What happens after the head of a request was read; a thrown exception closes the connection.
    @FunctionalInterface
    interface Script {
        void answer(Request request) throws IOException;
    }

    /// A request as Airflow's server would see it.
    record Request(List<String> head, int connection, InputStream in, OutputStream out, Socket socket) {

        String method() {
            return head.getFirst().split(" ", -1)[0];
        }

        String target() {
            return head.getFirst().split(" ", -1)[1];
        }

        List<String> headers(String name) {
            return HttpText.headers(head, name);
        }

        String header(String name) {
            return HttpText.header(head, name);
        }

        String body() throws IOException {
            return new String(HttpText.body(in, head), StandardCharsets.UTF_8);
        }

        void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /// Lines joined by CRLF; an empty one ends the head, and what follows is the body.
        void lines(String... lines) throws IOException {
            write(String.join("\r\n", lines));
        }

        void ok(String body) throws IOException {
            write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(body.length(), method().equals("HEAD") ? "" : body));
        }
    }

    /// Reads the body and answers `{}`.
    static ScriptedOrigin agreeing() {
        return answering(request -> {
            request.body();
            request.ok("{}");
        });
    }

    static ScriptedOrigin answering(Script script) {
        try {
            ServerSocket listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
            ScriptedOrigin origin = new ScriptedOrigin(listener, script);
            Thread.ofVirtual().start(origin::accept);
            return origin;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    void nowAnswer(Script next) {
        script = next;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
    }

    List<Request> requests() {
        return requests;
    }

    Request onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError("expected one request, got "
                    + requests.stream().map(Request::head).toList());
        }
        return requests.getFirst();
    }

    int connections() {
        return connections.get();
    }

    long openConnections() {
        return sockets.stream().filter(socket -> !socket.isClosed()).count();
    }

    /// What a restart of Airflow does to kept connections.
    void closeConnections() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeConnections();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, number));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                List<String> head = HttpText.head(in);
                if (head.isEmpty()) {
                    return;
                }
                Request request = new Request(head, number, in, socket.getOutputStream(), socket);
                requests.add(request);
                script.answer(request);
            }
        } catch (IOException ended) {
            // closing is an answer too
        }
    }
}
