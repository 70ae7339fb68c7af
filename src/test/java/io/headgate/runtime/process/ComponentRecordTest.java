package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ComponentRecordTest {
    private static final ComponentRecord RECORD = new ComponentRecord(
            new ProcessIdentity(12, 3456, 12), "abc", 20_001, Instant.parse("2026-01-02T03:04:05.678Z"));

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Path file = ComponentRecord.file(folder, Component.API_SERVER);

        RECORD.write(file);

        assertThat(file).hasFileName("api-server.json");
        assertThat(Files.readString(file))
                .isEqualTo("{\"pid\":12,\"startTicks\":3456,\"session\":12,\"configHash\":\"abc\","
                        + "\"apiPort\":20001,"
                        + "\"startedAt\":\"2026-01-02T03:04:05.678Z\"}");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(ComponentRecord.read(file)).contains(RECORD);
    }

    @Test
    void noFileIsNoRecord() {
        assertThat(ComponentRecord.read(folder.resolve("none.json"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"pid\":12}",
                "{\"pid\":12,\"startTicks\":3456,\"session\":12,\"configHash\":\"abc\",\"startedAt\":\"yesterday\"}"
            })
    void whatCannotBeUnderstoodIsNoRecord(String text) {
        assertThat(ComponentRecord.parse(text)).isEmpty();
    }
}
