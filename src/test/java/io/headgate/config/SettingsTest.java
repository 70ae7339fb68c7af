package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFlagWinsOverTheEnvironmentAndTheEnvironmentOverTheFile() throws IOException {
        Path file =
                Files.writeString(folder.resolve("headgate.properties"), "port=1001\ngateway.port=1002\nhost=::1\n");
        Settings settings = new SettingsReader()
                .file(file)
                .environment(Map.of("HEADGATE_PORT", "2001", "HEADGATE_GATEWAY_PORT", "2002", "PATH", "/bin"))
                .flag("--port", "3001")
                .settings();
        assertThat(settings.get(HeadgateSettings.PORT)).isEqualTo(3001);
        assertThat(settings.get(HeadgateSettings.GATEWAY_PORT)).isEqualTo(2002);
        assertThat(settings.get(HeadgateSettings.HOST)).isEqualTo("::1");
        assertThat(settings.get(HeadgateSettings.MANAGEMENT_PORT)).isEqualTo(9888);
    }

    @Test
    void anUnknownKeyIsAnErrorThatNamesTheNearestOne() throws IOException {
        Path file = Files.writeString(folder.resolve("headgate.properties"), "gateway.prot=1\n");
        assertThatThrownBy(() -> new SettingsReader().file(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("'gateway.prot'")
                .hasMessageContaining("did you mean gateway.port?");
        assertThatThrownBy(() -> new SettingsReader().environment(Map.of("HEADGATE_POTR", "1")))
                .hasMessageContaining("HEADGATE_POTR")
                .hasMessageContaining("did you mean HEADGATE_PORT?");
    }

    @Test
    void aWrongValueSaysWhatIsAllowedButASecretIsNeverRepeated() {
        assertThatThrownBy(() -> new SettingsReader().flag("--port", "70000"))
                .hasMessageContaining("setting port on the command line")
                .hasMessageContaining("from 0 to 65535")
                .hasMessageContaining("'70000'");
        assertThatThrownBy(() -> new SettingsReader().environment(Map.of("HEADGATE_PUBLIC_URL", "ftp://x/y")))
                .hasMessageContaining("public-url")
                .hasMessageContaining("http or https URL");
        Settings settings = new SettingsReader()
                .environment(Map.of("HEADGATE_OWNER_PASSWORD", "correct horse"))
                .settings();
        assertThat(settings.get(HeadgateSettings.OWNER_PASSWORD)).hasValueSatisfying(secret -> {
            assertThat(secret.reveal()).isEqualTo("correct horse");
            assertThat(secret.toString()).isEqualTo("***");
        });
    }

    /// Every key with its default, variable and flag: renaming one is a change for people, and shows here.
    @Test
    void thePageOfSettingsIsTheCommittedOne() {
        Golden.assertMatches(Path.of("docs/configuration.md"), SettingsPage.render());
    }
}
