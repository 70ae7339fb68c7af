package io.headgate.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// SHA-256 or stronger, and nothing that nobody has looked at (item 10).
final class StrongAlgorithmsTest {
    /// `EC` is P-256 where it is used, `TLS` 1.2 or newer; `X.509` is only a form.
    private static final Set<String> LOOKED_AT = Set.of(
            "SHA-256",
            "HmacSHA256",
            "HmacSHA512",
            "PBKDF2WithHmacSHA256",
            "Ed25519",
            "AES/GCM/NoPadding",
            "EC",
            "TLS",
            "X.509");

    /// Names of algorithms as the JDK takes them, and the weak ones wherever they stand in a text of the program.
    private static final Pattern ALGORITHM = Pattern.compile(
            "getInstance\\(\\s*\"([^\"]+)\"|\"((?i:md[245]|sha-?1|hmacsha1|hmacmd5|des|rc4|arcfour))\"");

    @Test
    void noOtherAlgorithmIsUsedAndAPlantedOneIsFound() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<String> used = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> algorithms(text(file)))
                    .toList();
            assertThat(used).as("control: some are used").contains("SHA-256");
            assertThat(used).allSatisfy(name -> assertThat(LOOKED_AT).contains(name));
        }
        assertThat(algorithms("MessageDigest.getInstance(\"MD5\")")).containsExactly("MD5");
        assertThat(algorithms("String algorithm = \"SHA-1\";")).containsExactly("SHA-1");
        assertThat(LOOKED_AT).doesNotContain("MD5", "SHA-1");
    }

    private static Stream<String> algorithms(String text) {
        return ALGORITHM.matcher(text).results().map(StrongAlgorithmsTest::name);
    }

    private static String name(MatchResult match) {
        String named = match.group(1);
        return named == null ? match.group(2) : named;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
