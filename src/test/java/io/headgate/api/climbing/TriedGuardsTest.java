package io.headgate.api.climbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The guards that `SECURITY.md` names are there, under these names.
class TriedGuardsTest {
    private static final Pattern GUARD = Pattern.compile("`(\\w+)\\.(\\w+)`");

    private record Guard(String type, String method) {
        boolean isIn(Path file) throws IOException {
            return file.endsWith(type + ".java") && Files.readString(file).contains(" " + method + "(");
        }
    }

    @Test
    void everyOneIsAMethodOfTheProduct() throws IOException {
        String page = Files.readString(Path.of("SECURITY.md"));
        String section = page.substring(page.indexOf("## What was tried"), page.indexOf("## If a token leaks"));
        List<Guard> guards = GUARD.matcher(section)
                .results()
                .map(found -> new Guard(found.group(1), found.group(2)))
                .toList();

        assertThat(guards).hasSizeGreaterThan(8);
        for (Guard guard : guards) {
            assertThat(isThere(guard)).as(guard.toString()).isTrue();
        }
        assertThat(isThere(new Guard("Caller", "neverWritten"))).as("control").isFalse();
    }

    private static boolean isThere(Guard guard) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.toList()) {
                if (guard.isIn(file)) {
                    return true;
                }
            }
            return false;
        }
    }
}
