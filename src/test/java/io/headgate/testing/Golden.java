package io.headgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares a text with the committed one; never rewrites it, but leaves what was found below `target/golden`.
public final class Golden {
    private Golden() {}

    public static void assertMatches(String name, String found) {
        assertMatches(Path.of("src/test/resources/golden", name), found);
    }

    public static void assertMatches(Path committed, String found) {
        try {
            Path kept = Path.of("target/golden").resolve(committed.getFileName());
            Files.createDirectories(Path.of("target/golden"));
            Files.writeString(kept, found);
            String expected = Files.exists(committed) ? Files.readString(committed) : "";
            assertThat(found)
                    .as("%s differs; if the change is meant: cp %s %s", committed, kept, committed)
                    .isEqualTo(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
