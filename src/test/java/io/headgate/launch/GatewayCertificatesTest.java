package io.headgate.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.config.Settings;
import io.headgate.config.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GatewayCertificatesTest {
    @TempDir
    private Path folder;

    @Test
    void withoutFilesThereIsALocalAuthorityAndOneLineHowToTrustIt() {
        GatewayCertificates chosen = chosen(Map.of());

        assertThat(chosen.told()).startsWith("SSL_CERT_FILE=" + folder.resolve("ca.pem") + " ");
        assertThat(folder.resolve("ca.pem")).isRegularFile();
    }

    @Test
    void filesAreBothGivenOrNeither() {
        assertThatThrownBy(() -> chosen(Map.of("HEADGATE_GATEWAY_TLS_CERTIFICATE_FILE", "/c.pem")))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("gateway.tls.certificate-file is given without gateway.tls.key-file");
        assertThatThrownBy(() -> chosen(Map.of("HEADGATE_GATEWAY_TLS_KEY_FILE", "/k.pem")))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("gateway.tls.key-file is given without gateway.tls.certificate-file");
    }

    @Test
    void configuredFilesAreUsedAndBadOnesStopTheStart() throws IOException {
        chosen(Map.of());
        Path pair = folder.resolve("ca-key.pem");
        Map<String, String> both = Map.of(
                "HEADGATE_GATEWAY_TLS_CERTIFICATE_FILE", pair.toString(),
                "HEADGATE_GATEWAY_TLS_KEY_FILE", pair.toString());
        assertThat(chosen(both).told()).contains(pair.toString()).doesNotContain("SSL_CERT_FILE");

        Files.writeString(pair, "x");
        assertThatThrownBy(() -> chosen(both))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("gateway.tls.certificate-file")
                .hasMessageContaining(pair.toString());
    }

    private GatewayCertificates chosen(Map<String, String> given) {
        Map<String, String> environment = new HashMap<>(given);
        environment.put("HEADGATE_PORT", "0");
        environment.put("HEADGATE_GATEWAY_PORT", "0");
        environment.put("HEADGATE_MANAGEMENT_PORT", "0");
        Settings settings = new SettingsReader().environment(environment).settings();
        return GatewayCertificates.chosenBy(settings, Addresses.unbound(settings), folder, Clock.systemUTC());
    }
}
