package io.headgate.ui.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes Server-Sent Events (WHATWG HTML, 9.2); each is sent at once. Throws when the reader is gone.
final class EventWriter {
    private final OutputStream out;

    EventWriter(OutputStream out) {
        this.out = out;
    }

    /// Of an event that moves the place from which a reader goes on after a lost connection.
    void event(String name, String id, String data) throws IOException {
        StringBuilder text = new StringBuilder();
        if (!id.isEmpty()) {
            text.append("id: ").append(id).append('\n');
        }
        text.append("event: ").append(name).append('\n');
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        if (data.isEmpty()) {
            text.append("data:\n");
        }
        send(text.append('\n').toString());
    }

    /// Says that the connection is alive, for what stands between.
    void beat() throws IOException {
        send(": \n\n");
    }

    private void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
