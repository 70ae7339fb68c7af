package io.headgate.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.headgate.kernel.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is received ends up on disk as it was sent, or its sender is told why not.
final class DurableWriterTest {
    private static final int SIZE = 40 << 20;

    @TempDir
    Path folder;

    @Test
    void writesAndHashesEveryByteInOrder() throws Exception {
        byte[] content = new byte[SIZE];
        new Random(1).nextBytes(content);
        Path file = Files.createFile(folder.resolve("file"));

        try (DurableWriter writer = new DurableWriter(file, _ -> {})) {
            writer.append(new ByteArrayInputStream(content, 0, SIZE / 2), SIZE);
            writer.append(new ByteArrayInputStream(content, SIZE / 2, SIZE / 2), SIZE);
            String expected = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            assertThat(writer.finish()).isEqualTo(expected);
            assertThat(writer.bytes()).isEqualTo(SIZE);
        }
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void stopsAtTheLimit() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        try (DurableWriter writer = new DurableWriter(file, _ -> {})) {
            writer.append(new ByteArrayInputStream(new byte[100]), 100);
            InputStream oneMore = new ByteArrayInputStream(new byte[1]);
            assertThatThrownBy(() -> writer.append(oneMore, 100)).hasMessageContaining("upload too large");
        }
        assertThat(file).hasSize(100);
    }

    /// Linux's own device for that: every write to it fails as on a full disk.
    @Test
    void tellsOfAFullDiskAsSuch() throws Exception {
        try (DurableWriter writer = new DurableWriter(Path.of("/dev/full"), _ -> {})) {
            InputStream body = new ByteArrayInputStream(new byte[10]);
            assertThatThrownBy(() -> writer.append(body, 100))
                    .isInstanceOf(IOException.class)
                    .extracting(e -> UploadProblems.writing((IOException) e))
                    .asInstanceOf(throwable(ProblemException.class))
                    .satisfies(e -> assertThat(e.problem().status()).isEqualTo(507))
                    .hasMessageContaining("disk of the control plane is full");
        }
        assertThat(((ProblemException) UploadProblems.writing(new IOException("Input/output error")))
                        .problem()
                        .status())
                .as("control: another fault")
                .isEqualTo(503);
    }
}
