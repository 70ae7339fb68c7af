package io.headgate.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A webhook that remembers the texts it was sent.
final class ReceivedWebhooks implements AutoCloseable {
    private final HttpServer server;
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);

    ReceivedWebhooks() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/hook/", exchange -> {
            texts.add(new ObjectMapper()
                    .readTree(exchange.getRequestBody())
                    .get("text")
                    .textValue());
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook/very-secret-path";
    }

    List<String> texts() {
        return texts;
    }

    void answer(int next) {
        status.set(next);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
