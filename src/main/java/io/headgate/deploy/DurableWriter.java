package io.headgate.deploy;

import io.headgate.kernel.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;

/// Writes streams to a file of which every byte is on disk, and hashed, when it is finished.
///
/// The disk is kept busy while more arrives, so that little is left to wait for at the end.
final class DurableWriter implements AutoCloseable {
    static final int BUFFER = 1 << 16;
    private static final long WRITE_BACK_BYTES = 16L << 20;

    private final FileChannel out;
    private final LongConsumer admission;
    private final MessageDigest digest = sha256();
    private long bytes;
    private long handedOver;
    private CompletableFuture<Void> writingBack = CompletableFuture.completedFuture(null);

    /// @param admission is told how many bytes come next, and throws if they may not
    DurableWriter(Path file, LongConsumer admission) throws IOException {
        this.out = FileChannel.open(file, StandardOpenOption.WRITE);
        this.admission = admission;
    }

    /// Adds a stream to the end; 413 when the file becomes larger than the given number of bytes.
    void append(InputStream in, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int read = read(in, buffer);
        while (read >= 0) {
            if (bytes + read > most) {
                throw UploadProblems.tooLarge("more than " + most, most).asException();
            }
            admission.accept(read);
            bytes += read;
            digest.update(buffer, 0, read);
            ByteBuffer next = ByteBuffer.wrap(buffer, 0, read);
            while (next.hasRemaining()) {
                out.write(next);
            }
            writeBack();
            read = read(in, buffer);
        }
    }

    /// Waits for the disk; the SHA-256 of what was written, in hexadecimal digits.
    String finish() throws IOException {
        awaitWriteBack();
        out.force(true);
        return HexFormat.of().formatHex(digest.digest());
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        try {
            awaitWriteBack();
        } finally {
            out.close();
        }
    }

    private void writeBack() throws IOException {
        if (bytes - handedOver < WRITE_BACK_BYTES || !writingBack.isDone()) {
            return;
        }
        awaitWriteBack();
        handedOver = bytes;
        CompletableFuture<Void> next = new CompletableFuture<>();
        writingBack = next;
        var _ = Thread.ofVirtual().name("write-back").start(() -> {
            try {
                out.force(false);
                next.complete(null);
            } catch (IOException | RuntimeException e) {
                next.completeExceptionally(e);
            }
        });
    }

    /// What went wrong there is told here, once.
    private void awaitWriteBack() throws IOException {
        CompletableFuture<Void> last = writingBack;
        writingBack = CompletableFuture.completedFuture(null);
        try {
            last.join();
        } catch (CompletionException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// A sender that goes away is told apart from a disk that is full.
    private static int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw Problem.badRequest("upload.broken", "upload broken off: the body ended early")
                    .asException();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
