package io.headgate.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// Writes tars by hand, also those that no decent program writes.
public final class Tars {
    private static final int RECORD = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// One of a single DAG file.
    public static byte[] project(String text) {
        return new Tars().file("dags/daily.py", text).gzip();
    }

    public Tars file(String name, String text) {
        return entry(name, '0', "", text.getBytes(StandardCharsets.UTF_8));
    }

    public Tars folder(String name) {
        return entry(name, '5', "", new byte[0]);
    }

    public Tars link(String name, String target) {
        return entry(name, '2', target, new byte[0]);
    }

    public Tars entry(String name, char type, String target, byte[] content) {
        return entry(name, type, target, content, content.length);
    }

    /// With a size in the header that need not be true.
    public Tars entry(String name, char type, String target, byte[] content, long size) {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length > 100) {
            entry(
                    "././@LongLink",
                    'L',
                    "",
                    ByteBuffer.allocate(path.length + 1).put(path).array());
            path = java.util.Arrays.copyOf(path, 100);
        }
        byte[] header = new byte[RECORD];
        System.arraycopy(path, 0, header, 0, path.length);
        put(header, 100, "0100644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, String.format(Locale.ROOT, "%011o", size) + "\0");
        put(header, 136, "00000000000\0");
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 157, target);
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o", sum) + "\0 ");
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(RECORD - content.length % RECORD) % RECORD]);
        return this;
    }

    public Tars raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /// Without the two zero records that end a tar.
    public byte[] unended() {
        return out.toByteArray();
    }

    public byte[] plain() {
        ByteArrayOutputStream ended = new ByteArrayOutputStream();
        ended.writeBytes(out.toByteArray());
        ended.writeBytes(new byte[2 * RECORD]);
        return ended.toByteArray();
    }

    public byte[] gzip() {
        return gzip(plain());
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
