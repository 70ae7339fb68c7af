package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComponentLogTest {
    @TempDir
    Path folder;

    @Test
    void aWriterThatHoldsTheFileOpenGoesOnInTheEmptiedOne() throws IOException {
        ComponentLog log = new ComponentLog(folder.resolve("scheduler.log"), 10);
        try (OutputStream writer = new FileOutputStream(log.ready().toFile(), true)) {
            write(writer, "0123456789");
            log.rotateIfLong();
            assertThat(log.predecessor(1)).as("ten bytes are not too long").doesNotExist();

            write(writer, "abc");
            log.rotateIfLong();
            write(writer, "new");
        }

        assertThat(log.file()).hasContent("new");
        assertThat(log.predecessor(1)).hasContent("3456789abc");
    }

    @Test
    void theTotalIsBounded() throws IOException {
        ComponentLog log = new ComponentLog(folder.resolve("scheduler.log"), 10);
        try (OutputStream writer = new FileOutputStream(log.ready().toFile(), true)) {
            for (int i = 0; i < 50; i++) {
                write(writer, "line number " + i + "\n");
                log.rotateIfLong();
            }
        }

        try (Stream<Path> files = Files.list(folder)) {
            long total = files.mapToLong(file -> file.toFile().length()).sum();
            assertThat(total).isBetween(1L, (1L + ComponentLog.KEPT) * 10);
        }
    }

    private static void write(OutputStream writer, String text) throws IOException {
        writer.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
