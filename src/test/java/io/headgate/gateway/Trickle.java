package io.headgate.gateway;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A client that sends a byte every few milliseconds, always in time for whoever waits for the next one only.
public final class Trickle {
    private static final long BETWEEN_BYTES_NANOS = 2_000_000;

    private Trickle() {}

    /// What came of it.
    ///
    /// @param sent bytes until the server ended the connection
    public record Ended(RawResponse response, int sent) {}

    static Ended of(int port, String text) throws IOException {
        return of(port, "", text);
    }

    /// Sends `head` at once and `text` slowly, until the server ends the connection or all is sent.
    public static Ended of(int port, String head, String text) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            client.send(head);
            int sent = 0;
            @Nullable RawResponse response = null;
            try {
                while (sent < text.length() && !(response != null && client.in().available() == 0 && ended(client))) {
                    client.send(text.substring(sent, sent + 1));
                    sent++;
                    if (response == null && client.in().available() > 0) {
                        response = client.response();
                    }
                    LockSupport.parkNanos(BETWEEN_BYTES_NANOS);
                }
            } catch (IOException closed) {
                return new Ended(response == null ? client.response() : response, sent);
            }
            return new Ended(response == null ? client.response() : response, sent);
        }
    }

    /// Whether the server has sent its last byte, without waiting for one.
    private static boolean ended(RawClient client) throws IOException {
        client.socket().setSoTimeout(1);
        try {
            return client.in().read() < 0;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } finally {
            client.socket().setSoTimeout((int) Await.PATIENCE.toMillis());
        }
    }
}
