package io.headgate.gateway;

import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/// Hands the decoded pieces of a connection on one at a time, and only when asked.
///
/// One read from the socket can hold many small requests. They wait here, so that each is answered before the
/// next is looked at, and nothing more is read meanwhile: that is the back-pressure of pipelining and of uploads
/// alike. What waits is bounded by one read. The loop in {@link #deliver} keeps many tiny requests from becoming
/// a deep recursion.
final class Inbox {
    private final Queue<HttpObject> waiting = new ArrayDeque<>();
    private final Consumer<HttpObject> consumer;
    private final Runnable readSocket;
    private boolean wanted;
    private boolean delivering;

    Inbox(Consumer<HttpObject> consumer, Runnable readSocket) {
        this.consumer = consumer;
        this.readSocket = readSocket;
    }

    void offer(HttpObject piece) {
        waiting.add(piece);
        deliver();
    }

    /// Asks for the next piece; it may come before this returns, unless the asker is handling one.
    void want() {
        wanted = true;
        deliver();
    }

    /// Reads on without asking for a piece, only to notice when the other side goes away.
    void watch() {
        if (waiting.isEmpty()) {
            readSocket.run();
        }
    }

    void clear() {
        wanted = false;
        for (HttpObject piece = waiting.poll(); piece != null; piece = waiting.poll()) {
            ReferenceCountUtil.release(piece);
        }
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            while (wanted && !waiting.isEmpty()) {
                wanted = false;
                consumer.accept(waiting.remove());
            }
        } finally {
            delivering = false;
        }
        if (wanted) {
            readSocket.run();
        }
    }
}
