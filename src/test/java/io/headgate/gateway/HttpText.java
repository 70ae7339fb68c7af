package io.headgate.gateway;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads HTTP/1.1 messages from a raw stream, trusting nothing.
final class HttpText {
    private HttpText() {}

    /// The lines up to the empty one; empty when the stream ended before the first byte.
    static List<String> head(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!endsHead(bytes.toByteArray())) {
            int next = in.read();
            if (next < 0) {
                if (bytes.size() == 0) {
                    return List.of();
                }
                throw new EOFException("the stream ended inside a head: " + bytes);
            }
            bytes.write(next);
        }
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        return List.of(text.substring(0, text.length() - 4).split("\r\n", -1));
    }

    static byte[] body(InputStream in, List<String> head) throws IOException {
        String transfer = header(head, "transfer-encoding");
        if (transfer.equalsIgnoreCase("chunked")) {
            return chunks(in);
        }
        String length = header(head, "content-length");
        return length.isEmpty() ? new byte[0] : exactly(in, Integer.parseInt(length));
    }

    static String header(List<String> head, String name) {
        List<String> all = headers(head, name);
        return all.isEmpty() ? "" : all.getFirst();
    }

    static List<String> headers(List<String> head, String name) {
        List<String> values = new ArrayList<>();
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            if (line.substring(0, colon).equalsIgnoreCase(name)) {
                values.add(line.substring(colon + 1).strip());
            }
        }
        return values;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in), 16);
            if (size == 0) {
                while (!line(in).isEmpty()) {
                    // trailers
                }
                return body.toByteArray();
            }
            body.write(exactly(in, size));
            line(in);
        }
    }

    static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the stream ended after %d of %d bytes".formatted(bytes.length, length));
        }
        return bytes;
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the stream ended inside a line");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static boolean endsHead(byte[] bytes) {
        int length = bytes.length;
        return length >= 4
                && bytes[length - 4] == '\r'
                && bytes[length - 3] == '\n'
                && bytes[length - 2] == '\r'
                && bytes[length - 1] == '\n';
    }
}
