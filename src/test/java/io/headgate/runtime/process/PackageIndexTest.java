package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.kernel.SecretText;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PackageIndexTest {
    private final PackageIndex index =
            new PackageIndex(Optional.of(new SecretText("https://ada:lovelace@index.example/simple")));

    @Test
    void itReplacesTheIndexOfTheEnvironment() {
        Map<String, String> ours = Map.of("UV_INDEX_URL", "https://other.example", "PATH", "/bin");

        assertThat(index.in(ours))
                .containsOnly(
                        Map.entry("UV_DEFAULT_INDEX", "https://ada:lovelace@index.example/simple"),
                        Map.entry("PATH", "/bin"));
        assertThat(new PackageIndex(Optional.empty()).in(ours)).as("control").isEqualTo(ours);
    }

    @Test
    void nothingThatLetsTheReaderInIsShown() {
        assertThat(index.redacted("failed: https://ada:lovelace@index.example/simple (ada:lovelace, lovelace)"))
                .isEqualTo("failed: https://***@index.example/simple (***, ***)");
        assertThat(index.redacted("https://eve:secret@proxy.example and https://index.example"))
                .isEqualTo("https://***@proxy.example and https://index.example");
        assertThat(index.toString()).contains("***").doesNotContain("lovelace");
        assertThat(index.identity()).isEqualTo("https://index.example/simple");
    }
}
