package io.headgate.launch;

import java.util.concurrent.atomic.AtomicReference;

/// The one door between `main`, which builds everything in order, and Quarkus, which makes its own objects and offers
/// no
/// way to be given any. Set once before Quarkus starts; tests replace the producer that reads it.
final class Handoff {
    private static final AtomicReference<RunningServer> SERVER = new AtomicReference<>();

    private Handoff() {}

    static void put(RunningServer server) {
        SERVER.set(server);
    }

    static RunningServer take() {
        RunningServer server = SERVER.get();
        if (server == null) {
            throw new IllegalStateException("Quarkus was started without a server to serve");
        }
        return server;
    }
}
